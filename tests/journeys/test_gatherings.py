"""A host invites, fifty guests answer, and the paper sheet is printed and read back, in a real browser."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader
from pypdf.generic import ContentStream

from responses.models import Conversation, Gathering, Response
from tests.factories import make_affiliate, make_gathering
from tests.whole import IS_WHOLE

from .conftest import check_accessible, in_each_look
from .test_answering import press_send


def missing_glyphs(path):
    """How many letters of a PDF are drawn with glyph 0 of a font, the box for a letter that the font lacks.

    Chromium writes text with composite fonts whose codes are glyph numbers of two bytes (Identity-H).
    """
    missing = 0
    reader = PdfReader(path)
    for page in reader.pages:
        fonts = {name: font.get_object() for name, font in page["/Resources"].get("/Font", {}).items()}
        composite = {name for name, font in fonts.items() if font["/Subtype"] == "/Type0"}
        chosen = None
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"Tf":
                chosen = operands[0]
            elif operator in (b"Tj", b"TJ") and chosen in composite:
                shown = operands[0] if operator == b"TJ" else operands
                codes = b"".join(each.original_bytes for each in shown if hasattr(each, "original_bytes"))
                missing += sum(codes[at : at + 2] == b"\x00\x00" for at in range(0, len(codes), 2))
    return missing


def test_missing_glyphs_are_noticed(open_browser, tmp_path):
    page = open_browser()
    page.goto("/en/about/")
    page.evaluate("document.querySelector('h1').textContent = 'No font has this: \\u{10FFFD}'")
    page.pdf(path=tmp_path / "page.pdf")

    assert missing_glyphs(tmp_path / "page.pdf") == 1


# Each script, and of the languages in Latin letters the one with the longest texts.
SHEETS = [code for code, _name in settings.LANGUAGES if IS_WHOLE or code in ("ar", "fa", "fr", "hi", "ru", "zh-hans")]


@pytest.mark.parametrize("language", SHEETS)
def test_the_sheet_prints_on_three_pages_with_no_missing_letter(open_browser, tmp_path, language):
    # With every line that it can have.
    today = timezone.localdate()
    days = {"closes_on": today + timedelta(days=30), "results_by": today + timedelta(days=60)}
    Conversation.objects.filter(is_current=True).update(**days)
    gathering = make_gathering(affiliate=make_affiliate(), held_on=today, place="Maktaba")
    gathering.take_late_sheets(today + timedelta(days=60))
    page = open_browser(color_scheme="dark")
    page.goto(f"/{language}/gatherings/{gathering.code}/sheet/")

    for size in ("A4", "Letter"):
        page.pdf(path=tmp_path / f"{size}.pdf", format=size)

        printed = PdfReader(tmp_path / f"{size}.pdf")
        assert (size, len(printed.pages)) == (size, 3)
        assert all(len(each.extract_text()) > 200 for each in printed.pages)
        assert missing_glyphs(tmp_path / f"{size}.pdf") == 0, "apt-get install fonts-noto-core fonts-noto-cjk"
    check_accessible(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_words_of_the_sheet_have_the_whole_width_of_a_phone_with_the_code_below_them(open_browser, language):
    gathering = make_gathering()
    page = open_browser(width=360)
    page.goto(f"/{language}/gatherings/{gathering.code}/sheet/")

    def boxes():
        return [page.locator(f".sheet > header {part}").bounding_box() for part in ("> div", "> .qr")]

    header = page.locator(".sheet > header").bounding_box()
    words, code = boxes()
    assert words["width"] == header["width"] > 250
    assert code["y"] >= words["y"] + words["height"]
    # On paper, and where there is room, they stand beside each other.
    page.emulate_media(media="print")
    words, code = boxes()
    assert code["y"] < words["y"] + words["height"]
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 740})
    words, code = boxes()
    assert code["y"] < words["y"] + words["height"]


@pytest.mark.parametrize("path", ["sheet/", "gatherings/{code}/sheet/", "gatherings/{code}/"])
def test_nothing_of_a_qr_code_is_cut_off(open_browser, path):
    gathering = make_gathering()
    page = open_browser()
    page.goto(f"/en/{path.format(code=gathering.code)}")
    page.locator("details:has(.qr) summary").evaluate_all("folds => folds.forEach(fold => fold.click())")

    frame = page.locator("svg.qr").bounding_box()
    # A code can be read only with the white margin around it, which the first path draws.
    drawn = page.locator("svg.qr path").first.bounding_box()

    assert {name: round(size) for name, size in drawn.items()} == {name: round(size) for name, size in frame.items()}


def test_a_group_of_fifty_one_people_answers_at_a_gathering(open_browser):
    host = open_browser(width=360, height=740, java_script_enabled=False, locale="ar")
    host.goto("/ar/gatherings/new/")
    host.locator("#title").fill("مقهى ويكي")
    host.locator("#place").fill("المكتبة")
    press_send(host)
    host.wait_for_url("**/my-gathering/**")
    hosts_page = host.url
    invitation = host.locator("#invitation").input_value()

    guests = open_browser(width=360, height=740)
    guests.goto(invitation.replace("/ar/", "/en/"))
    check_accessible(guests)
    guests.locator("main a.primary").first.click()
    expect(guests.get_by_text("مقهى ويكي")).to_be_visible()
    guests.locator("#language").select_option("sw")
    guests.locator("#meaning").fill("Sisi sote.")
    guests.locator("fieldset details.group summary").click()
    typed = {"people": "51", "method": "WikiCafé", "held_on": "2026-02-28", "place": "Maktaba"}
    for name, text in (typed | {"spoken_languages": "Kiswahili, العربية", "written_by": "Juma"}).items():
        guests.locator(f"#{name}").fill(text)
    guests.locator("#affiliate").fill("Marafiki")
    guests.locator("#sharing-affiliate").check()
    guests.locator("#agree").check()
    press_send(guests)
    guests.wait_for_url("**/my-response/**")
    check_accessible(guests)

    response = Response.objects.get()
    assert (response.gathering, response.people, response.spoken_languages) == (
        Gathering.objects.get(),
        51,
        "Kiswahili, العربية",
    )
    looking = open_browser(width=360, height=740)
    looking.goto(hosts_page)
    expect(looking.locator("main")).to_contain_text("مشاركة واحدة")
    assert response.code not in looking.content()
    check_accessible(looking)

    host.goto(hosts_page)
    host.locator("a[href$='/close/']").click()
    host.locator("main button.destructive").click()
    guests.faults = []
    guests.goto(invitation)
    expect(guests.locator("h1")).not_to_contain_text("مقهى ويكي")
    check_accessible(guests)


@in_each_look
def test_the_pages_about_a_gathering_are_accessible(open_browser, language, width, scheme):
    page = open_browser(width=width, color_scheme=scheme)
    page.goto(f"/{language}/gatherings/new/")
    check_accessible(page)
    press_send(page)
    expect(page.locator("#faults")).to_be_visible()
    check_accessible(page)
    page.locator("#title").fill("Café " * 30)
    press_send(page)
    page.wait_for_url("**/my-gathering/**")
    check_accessible(page)
    hosts_page = page.url
    page.locator("main a.primary").click()
    page.locator("details.group summary").first.click()
    check_accessible(page)
    page.goto(f"{page.url}sheet/")
    check_accessible(page)
    page.goto(f"{hosts_page}close/")
    check_accessible(page)
