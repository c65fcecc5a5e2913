from django.urls import path

from outcomes.views.home import home
from outcomes.views.plain_words import about, accessibility, how_we_review, privacy
from outcomes.views.problems import problem, problems, translate_problem
from outcomes.views.quotations import say_about_quotation
from outcomes.views.solutions import solutions
from outcomes.views.statement import statement, statement_version

urlpatterns = [
    path("", home, name="home"),
    path("statement/", statement, name="statement"),
    path("statement/<slug:version>/", statement_version, name="statement_version"),
    path("problems/", problems, name="problems"),
    path("problems/<slug:slug>/", problem, name="problem"),
    path("problems/<slug:slug>/translate/<language:language>/", translate_problem, name="translate_problem"),
    path("solutions/", solutions, name="solutions"),
    path("my-response/<key:key>/quotations/<int:pk>/", say_about_quotation, name="say_about_quotation"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
    path("how-we-review/", how_we_review, name="how_we_review"),
]
