import pytest
from django.urls import reverse

from outcomes.models import Export
from tests.factories import make_answer, make_translation, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/outcomes/export/"


@pytest.fixture
def organizer(client):
    user = make_user("olga", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def take(client, file="answers.csv", language="ar"):
    return client.post(reverse("admin:outcomes_export_take"), {"file": file, "language": language})


def test_an_organizer_takes_a_file_and_it_is_logged(client, organizer):
    make_translation(make_answer("Kila mtu ana nafasi."), language="ar", text="لكل شخص مكان.")

    page = take(client)

    content = b"".join(page.streaming_content).decode("utf-8-sig")
    assert page.headers["Content-Disposition"] == 'attachment; filename="answers.csv"'
    assert ("Kila mtu ana nafasi." in content, "لكل شخص مكان." in content) == (True, True)
    logged = [(each.file, each.language, each.taken_by, each.size) for each in Export.objects.all()]
    assert logged == [("answers.csv", "ar", organizer, int(page.headers["Content-Length"]))]


@pytest.mark.parametrize(("file", "language"), [("marks.jsonl", "ar"), ("responses.csv", ""), ("codebook.qdc", "")])
def test_the_log_names_a_language_only_of_files_with_translations(client, organizer, file, language):
    list(take(client, file, "ar").streaming_content)

    assert [(each.file, each.language) for each in Export.objects.all()] == [(file, language)]


def test_the_page_offers_each_file_once_and_says_who_has_taken_what(client, organizer):
    Export.objects.create(file="marks.csv", size=1, taken_by=organizer)

    page = client.get(LIST).content.decode()

    assert page.count('value="answers.csv"') == 1
    assert (page.count("olga") > 0, "field-file" in page) == (True, True)


@pytest.mark.parametrize(("file", "language"), [("../etc/passwd", "en"), ("answers.csv", "tlh-x"), ("", "")])
def test_an_unknown_file_or_language_gives_a_message_and_no_file(client, organizer, file, language):
    page = take(client, file, language)

    assert (page.status_code, page.url, list(Export.objects.all())) == (302, LIST, [])
    assert "There is no such file or language" in client.get(LIST).content.decode()


def test_a_file_is_not_taken_by_a_link(client, organizer):
    assert client.get(reverse("admin:outcomes_export_take")).status_code == 405


@pytest.mark.parametrize("role", ["Coder", "Reviewer", "Translator"])
def test_others_take_nothing_and_do_not_see_the_log(client, role):
    client.force_login(make_user("ada", role, is_staff=True))

    assert (take(client).status_code, client.get(LIST).status_code, list(Export.objects.all())) == (403, 403, [])


def test_the_log_has_constant_queries(client, organizer, django_assert_num_queries):
    Export.objects.create(file="answers.csv", size=1, taken_by=organizer)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
    for _number in range(2):
        Export.objects.create(file="marks.csv", size=1, taken_by=make_user(f"user {_number}"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


LIST_QUERIES = 6
