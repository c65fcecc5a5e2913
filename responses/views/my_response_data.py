from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from responses.exchange.data_export import answers_with_translations, author_data
from responses.forms.sharing import detail_labels

from .decorators import by_secret_link, private_page


@private_page
@by_secret_link
def my_response_data(request, response):
    """All that the portal holds about a response, for programs."""
    readable = {"ensure_ascii": False, "indent": 2}
    return _as_file(JsonResponse(author_data(response), json_dumps_params=readable), response, "json")


@private_page
@by_secret_link
def my_response_text(request, response):
    """The same, for people."""
    labels = detail_labels()
    words = {
        "response": response,
        "details": [(labels[name], value) for name, value in response.details.items()],
        "answers": answers_with_translations(response),
        "versions": response.earlier_versions(),
    }
    text = render_to_string("responses/my_response.txt", words, request)
    return _as_file(HttpResponse(text, content_type="text/plain; charset=utf-8"), response, "txt")


def _as_file(page, response, kind):
    page.headers["Content-Disposition"] = f'attachment; filename="response-{response.code}.{kind}"'
    return page
