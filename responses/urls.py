from django.urls import path, register_converter

from responses.views.browse import response, responses
from responses.views.my_draft import my_draft, my_draft_delete, my_draft_write
from responses.views.my_response import my_response, my_response_edit, my_response_withdraw
from responses.views.respond import lists, respond
from responses.views.translate import review_translation, translate, translate_answer, translate_language


class CodeConverter:
    """A public code: what is no code is no address, and never reaches the database."""

    regex = "[a-z2-9]{4,12}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class KeyConverter(CodeConverter):
    """The key of a secret link."""

    regex = "[a-z2-7]{26}"


class LanguageConverter(CodeConverter):
    regex = "[a-z]{2,8}(?:-[a-z0-9]{1,8})*"


register_converter(CodeConverter, "code")
register_converter(KeyConverter, "key")
register_converter(LanguageConverter, "language")

urlpatterns = [
    path("respond/", respond, name="respond"),
    path("respond/lists.json", lists, name="lists"),
    path("my-draft/<key:key>/", my_draft, name="my_draft"),
    path("my-draft/<key:key>/write/", my_draft_write, name="my_draft_write"),
    path("my-draft/<key:key>/delete/", my_draft_delete, name="my_draft_delete"),
    path("my-response/<key:key>/", my_response, name="my_response"),
    path("my-response/<key:key>/edit/", my_response_edit, name="my_response_edit"),
    path("my-response/<key:key>/withdraw/", my_response_withdraw, name="my_response_withdraw"),
    path("responses/", responses, name="responses"),
    path("responses/<code:code>/", response, name="response"),
    path("translate/", translate, name="translate"),
    path("translate/<language:language>/", translate_language, name="translate_language"),
    path("answers/<int:pk>/translate/<language:language>/", translate_answer, name="translate_answer"),
    path(
        "answers/<int:pk>/translate/<language:language>/review/<int:suggestion>/",
        review_translation,
        name="review_translation",
    ),
]
