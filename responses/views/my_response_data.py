from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from responses.models import Translation
from responses.take_along import everything_about

from .my_response import by_secret_link


@cache_control(private=True, no_store=True)
@require_safe
@by_secret_link
def my_response_data(request, response):
    """For programs."""
    return _as_file(JsonResponse(everything_about(response), json_dumps_params=_READABLE), response, "json")


@cache_control(private=True, no_store=True)
@require_safe
@by_secret_link
def my_response_text(request, response):
    """For people."""
    told = everything_about(response)
    for translation in (each for answer in told["answers"] for each in answer["translations"]):
        translation["made_by"] = Translation.Origin(translation["origin"]).label
        translation["state"] = Translation.Status(translation["status"]).label
    words = {"response": response, "told": told}
    text = render_to_string("responses/my_response.txt", words, request)
    return _as_file(HttpResponse(text, content_type="text/plain; charset=utf-8"), response, "txt")


_READABLE = {"ensure_ascii": False, "indent": 2}


def _as_file(page, response, kind):
    page.headers["Content-Disposition"] = f'attachment; filename="response-{response.code}.{kind}"'
    return page
