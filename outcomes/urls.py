from django.urls import path

from outcomes.views.claims import problem, problems, solution, solutions, translate_problem, translate_solution
from outcomes.views.home import home
from outcomes.views.my_response_quotation import my_response_quotation
from outcomes.views.places import confirm_place
from outcomes.views.statement import statement, statement_changes, statement_version

urlpatterns = [
    path("", home, name="home"),
    path("statement/", statement, name="statement"),
    path("statement/<slug:version>/", statement_version, name="statement_version"),
    path("statement/<slug:version>/changes/", statement_changes, name="statement_changes"),
    path("problems/", problems, name="problems"),
    path("problems/<slug:slug>/", problem, name="problem"),
    path("problems/<slug:slug>/translate/<language:language>/", translate_problem, name="translate_problem"),
    path("solutions/", solutions, name="solutions"),
    path("solutions/<slug:slug>/", solution, name="solution"),
    path("solutions/<slug:slug>/translate/<language:language>/", translate_solution, name="translate_solution"),
    path(
        "answers/<int:pk>/translate/<language:language>/<int:translation>/places/<int:mark>/",
        confirm_place,
        name="confirm_place",
    ),
    path("my-response/<key:key>/quotations/<int:pk>/", my_response_quotation, name="my_response_quotation"),
]
