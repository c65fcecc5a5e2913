from django.urls import path, register_converter

from responses.views.ask_to_translate import ask_to_translate
from responses.views.conversation_news import conversation_news
from responses.views.conversations import conversation, conversations
from responses.views.gatherings import (
    close_gathering,
    gathering,
    gathering_sheet,
    my_gathering,
    new_gathering,
    sheet,
)
from responses.views.languages import languages
from responses.views.my_draft import my_draft, my_draft_delete, my_draft_move, my_draft_text, my_draft_write
from responses.views.my_response import (
    my_response,
    my_response_data,
    my_response_edit,
    my_response_sharing,
    my_response_text,
    my_response_translation,
    my_response_versions_delete,
    my_response_withdraw,
)
from responses.views.my_response_news import my_response_news, stop_news
from responses.views.my_response_reply import my_response_reply
from responses.views.my_responses import attach, delete_account, detach, my_responses, open_response
from responses.views.my_translations import my_translations
from responses.views.recuse import recuse, recuse_unread
from responses.views.respond import few_write_in, lists, respond, respond_late
from responses.views.responses import response, responses
from responses.views.stop_letters import stop_letters
from responses.views.tell_organizers import tell_organizers
from responses.views.translate import my_languages, translate, translate_language
from responses.views.translate_answer import review_translation, still_correct, translate_answer
from responses.views.translate_file import translate_file, translate_file_download
from responses.views.translate_unread import translate_for_reviewers, translate_unread


class CodeConverter:
    """A public code. Anything else matches no address, so it never reaches the database."""

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
    path("respond/late/<key:key>/", respond_late, name="respond_late"),
    path("respond/lists.json", lists, name="lists"),
    path("respond/few-write-in/", few_write_in, name="few_write_in"),
    path("my-draft/<key:key>/", my_draft, name="my_draft"),
    path("my-draft/<key:key>/write/", my_draft_write, name="my_draft_write"),
    path("my-draft/<key:key>/draft.txt", my_draft_text, name="my_draft_text"),
    path("my-draft/<key:key>/move/", my_draft_move, name="my_draft_move"),
    path("my-draft/<key:key>/delete/", my_draft_delete, name="my_draft_delete"),
    path("my-response/<key:key>/", my_response, name="my_response"),
    path("my-response/<key:key>/edit/", my_response_edit, name="my_response_edit"),
    path("my-response/<key:key>/withdraw/", my_response_withdraw, name="my_response_withdraw"),
    path("my-response/<key:key>/sharing/", my_response_sharing, name="my_response_sharing"),
    path("my-response/<key:key>/data.json", my_response_data, name="my_response_data"),
    path("my-response/<key:key>/data.txt", my_response_text, name="my_response_text"),
    path("my-response/<key:key>/versions/delete/", my_response_versions_delete, name="my_response_versions_delete"),
    path("my-response/<key:key>/news/", my_response_news, name="my_response_news"),
    path("my-response/<key:key>/translations/<int:pk>/", my_response_translation, name="my_response_translation"),
    path("my-response/<key:key>/reply/<int:pk>/", my_response_reply, name="my_response_reply"),
    path("my-response/<key:key>/attach/", attach, name="attach"),
    path("my-responses/", my_responses, name="my_responses"),
    path("my-responses/<code:code>/open/", open_response, name="open_response"),
    path("my-responses/<code:code>/detach/", detach, name="detach"),
    path("my-account/delete/", delete_account, name="delete_account"),
    path("stop-news/<str:token>/", stop_news, name="stop_news"),
    path("conversations/", conversations, name="conversations"),
    path("conversations/<slug:slug>/", conversation, name="conversation"),
    path("conversations/<slug:slug>/news/", conversation_news, name="conversation_news"),
    path("stop-letters/<str:token>/", stop_letters, name="stop_letters"),
    path("gatherings/new/", new_gathering, name="new_gathering"),
    path("gatherings/<code:code>/", gathering, name="gathering"),
    path("gatherings/<code:code>/sheet/", gathering_sheet, name="gathering_sheet"),
    path("my-gathering/<key:key>/", my_gathering, name="my_gathering"),
    path("my-gathering/<key:key>/close/", close_gathering, name="close_gathering"),
    path("sheet/", sheet, name="sheet"),
    path("responses/", responses, name="responses"),
    path("responses/<code:code>/", response, name="response"),
    path("responses/<code:code>/tell/", tell_organizers, name="tell_organizers"),
    path("translate/", translate, name="translate"),
    # Before the languages: no language has this code.
    path("translate/unread/", translate_unread, name="translate_unread"),
    path("translate/<language:language>/", translate_language, name="translate_language"),
    path("translate/<language:language>/file/", translate_file, name="translate_file"),
    path(
        "translate/<language:language>/from/<language:source>.<str:form>",
        translate_file_download,
        name="translate_file_download",
    ),
    path("ask-to-translate/", ask_to_translate, name="ask_to_translate"),
    path("languages/", languages, name="languages"),
    path("my-languages/", my_languages, name="my_languages"),
    path("my-translations/", my_translations, name="my_translations"),
    path("answers/<int:pk>/translate/<language:language>/", translate_answer, name="translate_answer"),
    path("answers/<int:pk>/translate/<language:language>/recuse/", recuse, name="recuse"),
    path(
        "answers/<int:pk>/for-reviewers/<language:language>/", translate_for_reviewers, name="translate_for_reviewers"
    ),
    path("answers/<int:pk>/for-reviewers/<language:language>/recuse/", recuse_unread, name="recuse_unread"),
    path(
        "answers/<int:pk>/translate/<language:language>/review/<int:suggestion>/",
        review_translation,
        name="review_translation",
    ),
    path(
        "answers/<int:pk>/translate/<language:language>/still-correct/<int:translation>/",
        still_correct,
        name="still_correct",
    ),
]
