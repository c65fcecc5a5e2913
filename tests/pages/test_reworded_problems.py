"""What was published can be renamed and reworded: links still lead there, and the older words are kept."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from outcomes.models import FormerSlug, Problem, Revision, Solution
from tests.factories import make_evidence, make_problem, make_solution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def save(client, row, **typed):
    """As an organizer saves its form."""
    path = f"/admin/outcomes/{row._meta.model_name}/{row.pk}/change/"
    form = client.get(path).context["adminform"].form
    stored = {name: value for name, value in form.initial.items() if value is not None and value is not False}
    moment = stored.pop("published_at", None)
    if moment:
        moment = timezone.localtime(moment)
        stored |= {"published_at_0": moment.strftime("%Y-%m-%d"), "published_at_1": moment.strftime("%H:%M:%S")}
    return client.post(path, stored | typed)


def test_the_former_address_of_a_problem_leads_to_the_new_one(client, organizer):
    problem, other = make_problem("access"), make_problem("other", title="Other")

    save(client, problem, slug="entry")
    save(client, problem, slug="way-in")

    for former in ("access", "entry"):
        page = client.get(f"/ar/problems/{former}/?show=originals")
        assert (page.status_code, page.url) == (301, "/ar/problems/way-in/?show=originals")
    assert client.get("/en/problems/way-in/").status_code == 200
    assert client.get(f"/en/problems/{other.slug}/").status_code == 200
    assert client.get("/en/problems/access/translate/ar/").url == "/en/problems/way-in/translate/ar/"


def test_a_problem_may_get_its_former_slug_back(client, organizer):
    problem = make_problem("access")
    save(client, problem, slug="entry")

    save(client, problem, slug="access")

    assert client.get("/en/problems/access/").status_code == 200
    assert client.get("/en/problems/entry/").url == "/en/problems/access/"
    assert "no-cache" in client.get("/en/problems/entry/")["Cache-Control"]


def test_a_former_slug_is_not_taken_by_another_problem(client, organizer):
    problem, other = make_problem("access"), make_problem("other")
    save(client, problem, slug="entry")

    page = save(client, other, slug="access")
    typed = {"slug": "access", "position": 1, "source": "organizers", "title_en": "New"}
    added = client.post("/admin/outcomes/problem/add/", typed)

    for refused in (page, added):
        assert "Links to another one lead to this slug" in refused.content.decode()
    assert set(Problem.objects.values_list("slug", flat=True)) == {"entry", "other"}
    other.refresh_from_db()
    other.slug = "access"
    with pytest.raises(ValidationError):
        other.store()
    with pytest.raises(IntegrityError, match=r"former_slug|slug"), transaction.atomic():
        FormerSlug.objects.create(problem=other, slug="access")


def test_a_problem_that_is_not_published_leaves_no_trace_of_its_slug_and_words(client, organizer):
    problem = make_problem("draft", published=False)

    save(client, problem, slug="other", title_en="Otherwise")

    assert (FormerSlug.objects.count(), Revision.objects.count(), Problem.objects.get().revision) == (0, 0, 1)
    assert client.get("/en/problems/draft/").status_code == 404


def test_the_former_address_of_a_problem_that_is_hidden_again_leads_nowhere(client, organizer):
    problem = make_problem("access")
    save(client, problem, slug="entry")

    Problem.objects.update(published_at=None)

    assert client.get("/en/problems/access/").status_code == 404


@pytest.mark.parametrize("field", ["title_en", "description_en", "use_when_en", "not_when_en"])
def test_rewording_a_published_problem_makes_a_revision_and_keeps_the_older_words(client, organizer, field):
    before = {
        "description_en": "Before.",
        "use_when_en": "Before.",
        "not_when_en": "Before.",
        "description_sv": "Förut.",
    }
    make_problem("other", title="Other", description_en="Other.")
    problem = make_problem("access", title="Access", **before)
    mark = make_evidence(problem=problem)

    save(client, problem, **{field: "After."})

    problem.refresh_from_db()
    [revision] = Revision.objects.all()
    assert (problem.revision, getattr(problem, field)) == (2, "After.")
    assert (revision.problem, revision.number, revision.replaced_by) == (problem, 1, organizer)
    assert revision.words == {"title_en": "Access", **before}
    listed = client.get("/admin/outcomes/evidence/?revision=older").context["cl"].result_list
    assert list(listed) == [mark]


@pytest.mark.parametrize("typed", [{}, {"position": 7}, {"description_sv": "Nu."}, {"source": "cafe"}])
def test_what_does_not_change_the_meaning_makes_no_revision(client, organizer, typed):
    problem = make_problem("access", description_en="As it is.", description_sv="Som det är.")

    save(client, problem, **typed)

    assert (Revision.objects.count(), Problem.objects.get().revision) == (0, 1)


def test_readers_see_when_a_problem_was_reworded_and_how_it_read_in_their_language(client, organizer):
    problem = make_problem("access", title="Access", description_en="Before.", description_sv="Förut.")
    assert "Reworded on" not in client.get("/en/problems/access/").content.decode()

    save(client, problem, use_when_en="Only coders read this.")
    assert "Reworded on" not in client.get("/en/problems/access/").content.decode()
    save(client, problem, description_en="After.", description_sv="Efteråt.")

    english = client.get("/en/problems/access/").content.decode()
    swedish = client.get("/sv/problems/access/").content.decode()
    assert english.count("Reworded on") == 1
    assert "Before." in english
    assert "Only coders" not in english
    assert "Förut." in swedish
    assert "Before." not in swedish


def test_a_solution_keeps_its_words_and_links_to_it_too(client, organizer):
    solution, other = make_solution(description_en="Before."), make_solution("other")

    save(client, solution, slug="doors", description_en="After.")
    refused = save(client, other, slug="open-doors")

    html = client.get("/en/solutions/").content.decode()
    assert '<li id="doors"><span id="open-doors"></span>' in html
    assert html.count("Reworded on") == 1
    assert "Before." in html
    assert "Links to another one lead to this slug" in refused.content.decode()


def test_a_slug_that_a_problem_had_is_free_for_a_solution(client, organizer):
    save(client, make_problem("access"), slug="entry")

    save(client, make_solution(), slug="access")

    assert Solution.objects.get().slug == "access"


@pytest.mark.parametrize("made", [{}, {"problem": True, "solution": True}])
def test_a_former_slug_and_a_revision_belong_to_one_problem_or_one_solution(made):
    rows = {"problem": make_problem(), "solution": make_solution()}
    owners = {name: rows[name] for name in made}

    for model, fields in ((FormerSlug, {"slug": "x"}), (Revision, {"number": 1, "words": {}})):
        with pytest.raises(IntegrityError, match="of_one_claim"), transaction.atomic():
            model.objects.create(**owners, **fields)
