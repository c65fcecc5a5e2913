"""The author's other choice: hiding acts at once, showing more is read first."""

import pytest
from django.utils import timezone

from responses.models import Answer, Region, Response, Version
from tests.factories import make_affiliate, make_evidence, make_response, submit

pytestmark = pytest.mark.django_db

NAMED = {
    "sharing": "named",
    "display_name": "Amina",
    "affiliate_name": "Marafiki",
    "people": 12,
    "method": "WikiCafé",
    "place": "Maktaba",
    "spoken_languages": "Hausa",
    "written_by": "Juma",
}


def typed(response, **changes):
    """What the page sends of a response as it is, with these changes."""
    response = Response.objects.get(pk=response.pk)
    names = ("sharing", "display_name", "people", "method", "place", "spoken_languages", "written_by")
    fields = {name: getattr(response, name) for name in names}
    held_on = response.held_on.isoformat() if response.held_on else ""
    rest = {"affiliate": response.group_name, "region": "", "held_on": held_on, "agree": "yes", "complete": "yes"}
    return fields | rest | {"seen": response.fingerprint} | changes


def change(client, response, **changes):
    return client.post(f"/en/my-response/{response.key}/sharing/", typed(response, **changes))


def test_the_page_shows_how_it_is_shared_now(client):
    response = make_response(**NAMED, held_on="2026-02-28")

    form = client.get(f"/en/my-response/{response.key}/sharing/").context["form"]

    assert {name: form[name].value() for name in NAMED if name != "affiliate_name"} == {
        name: value for name, value in NAMED.items() if name != "affiliate_name"
    }
    assert (form["affiliate"].value(), form["held_on"].value()) == ("Marafiki", "2026-02-28")


@pytest.mark.parametrize("sharing", ["affiliate", "unnamed", "organizers"])
def test_hiding_takes_effect_at_once_and_a_name_that_is_not_shown_is_deleted(client, sharing):
    response = make_response(**NAMED)
    evidence = make_evidence(response.answers.get())

    assert change(client, response, sharing=sharing).status_code == 302

    stored = Response.objects.get()
    assert (stored.status, stored.sharing) == ("accepted", sharing)
    assert (stored.display_name, stored.written_by) == ("", "")
    html = client.get(f"/en/responses/{response.code}/")
    assert html.status_code == (404 if sharing == "organizers" else 200)
    for name in ("Amina", "Juma", *(() if sharing == "affiliate" else ("Marafiki", "WikiCafé", "Maktaba", "Hausa,"))):
        assert name not in html.content.decode()
    problem_page = client.get(f"/en/problems/{evidence.problem.slug}/").content.decode()
    assert ("Kila mtu" in problem_page) == (sharing != "organizers")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"sharing": "unnamed"}, {"sharing": "named", "display_name": "Amina"}),
        ({"sharing": "unnamed"}, {"sharing": "affiliate", "affiliate": "Marafiki"}),
        ({"sharing": "organizers"}, {"sharing": "unnamed"}),
        ({"sharing": "affiliate", "affiliate_name": "Marafiki"}, {"affiliate": "Wengine"}),
        ({"sharing": "affiliate", "affiliate_name": "Marafiki"}, {"place": "Call 555"}),
        ({"sharing": "affiliate", "affiliate_name": "Marafiki", "people": 3}, {"people": "4"}),
    ],
)
def test_what_nobody_has_read_yet_goes_back_to_review(client, before, after):
    response = make_response(**before)

    change(client, response, **after)

    assert Response.objects.get().status == "submitted"
    assert list(Response.objects.published()) == []


def test_what_readers_never_see_can_be_corrected_without_a_review(client):
    response = make_response(sharing="unnamed", people=3)

    change(client, response, people="30", place="Maktaba", affiliate="Marafiki")

    stored = Response.objects.get()
    assert (stored.status, stored.people, stored.place, stored.affiliate_name) == (
        "accepted",
        30,
        "Maktaba",
        "Marafiki",
    )


def test_taking_away_words_needs_no_review(client):
    response = make_response(**NAMED)

    change(client, response, place="", method="")

    assert Response.objects.values_list("status", "place", "method", "display_name").get() == (
        "accepted",
        "",
        "",
        "Amina",
    )


def test_agreeing_anew_is_on_record(client):
    response = make_response()
    Response.objects.update(terms_version="1")

    change(client, response, sharing="organizers")

    assert Response.objects.values_list("terms_version", "agreed_on").get() == ("2", timezone.localdate())


def test_without_agreeing_nothing_changes(client):
    response = make_response(**NAMED)

    page = change(client, response, sharing="unnamed", agree="")

    assert set(page.context["form"].errors) == {"agree"}
    assert Response.objects.values_list("sharing", "display_name").get() == ("named", "Amina")


def test_the_earlier_choice_is_in_the_history_and_the_name_is_not(client):
    response = make_response(**NAMED)

    change(client, response, sharing="unnamed")

    version = Version.objects.values().get()
    assert (version["sharing"], version["answers"]) == ("named", {"meaning": "Kila mtu ana nafasi."})
    assert "Amina" not in str(version)


def test_one_person_with_the_link_cannot_overwrite_what_another_changed_meanwhile(client):
    response = make_response(**NAMED)
    seen = response.fingerprint
    change(client, response, sharing="organizers")

    page = change(client, response, sharing="affiliate", seen=seen)

    assert "has been changed since you opened it" in page.content.decode()
    assert Response.objects.get().sharing == "organizers"


def test_they_see_what_the_other_one_has_stored_before_they_press_again(client):
    response = make_response(**NAMED)
    seen = response.fingerprint
    change(client, response, sharing="affiliate", affiliate="A <group>", place="Mji")
    response.refresh_from_db()

    page = change(client, response, sharing="named", display_name="Amina", seen=seen)

    now = page.content.decode().partition("What is stored now")[2]
    shown = ["<bdi>A &lt;group&gt;</bdi>", "<bdi>Mji</bdi>", f"<dd>{response.get_sharing_display()}</dd>"]
    assert [each for each in shown if each not in now] == []
    assert "What is stored now" not in change(client, response, agree="").content.decode()


def test_a_reviewer_who_read_the_old_terms_cannot_accept_the_new_ones(client):
    response = submit(sharing="unnamed")
    seen = response.fingerprint
    change(client, response, sharing="named", display_name="Amina")

    with pytest.raises(Exception, match="changed since"):
        Response.objects.get().accept(seen=seen)


def test_an_affiliate_of_the_roster_is_known_by_its_name(client):
    affiliate = make_affiliate(name="Wikimedia Testland")
    response = make_response()

    change(client, response, affiliate="wikimedia testland", sharing="affiliate")

    assert Response.objects.values_list("affiliate", "affiliate_name").get() == (affiliate.pk, "")


def test_switching_the_language_keeps_the_new_choices(client):
    response = make_response(**NAMED)

    page = client.post(
        f"/ar/my-response/{response.key}/sharing/", typed(response, sharing="organizers", place="Mji", action="switch")
    )

    form = page.context["form"]
    assert (form["sharing"].value(), form["place"].value(), form.errors) == ("organizers", "Mji", {})
    assert Response.objects.get().sharing == "named"


def test_a_withdrawn_response_has_nothing_to_share(client):
    response = make_response()
    response.withdraw()

    assert client.get(f"/en/my-response/{response.key}/sharing/").status_code == 302
    assert Response.objects.get().is_withdrawn


def test_a_forged_link_and_another_site_change_nothing(csrf_client):
    response = make_response(**NAMED)

    assert csrf_client.post(f"/en/my-response/{'a' * 26}/sharing/", typed(response)).status_code == 404
    page = csrf_client.post(
        f"/en/my-response/{response.key}/sharing/",
        typed(response, sharing="unnamed"),
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert page.status_code == 403
    assert Response.objects.get().sharing == "named"


def test_a_wrongly_chosen_language_can_be_corrected_on_the_page_for_words(client):
    response = make_response({"meaning": "Kowa."}, language="en")
    seen = Response.objects.get().fingerprint

    client.post(
        f"/en/my-response/{response.key}/edit/", {"meaning": "Kowa.", "language": "ha", "seen": seen, "complete": "yes"}
    )

    assert Response.objects.values_list("language", "status").get() == ("ha", "submitted")
    assert Version.objects.values_list("language", flat=True).get() == "en"
    assert Answer.objects.get().text == "Kowa."


def test_earlier_versions_are_seen_by_author_and_organizers_and_deleted_by_the_author(client):
    response = make_response({"meaning": "Before <b>."})
    response.edit({response.answers.get().question: "After."})
    response.accept()
    author_page = f"/en/my-response/{response.key}/"

    assert "Before &lt;b&gt;." in client.get(author_page).content.decode()
    assert "Before" not in client.get(f"/en/responses/{response.code}/").content.decode()
    assert client.post(f"{author_page}versions/delete/").status_code == 302
    assert Version.objects.count() == 0
    assert "Before" not in client.get(author_page).content.decode()


def test_the_part_of_the_world_stays_when_something_else_is_changed(client):
    region = Region.objects.first()
    response = make_response(**NAMED, region=region)

    form = client.get(f"/en/my-response/{response.key}/sharing/").context["form"]
    change(client, response, region=form["region"].value(), place="Elsewhere")

    assert Response.objects.values_list("region", "place").get() == (region.pk, "Elsewhere")
