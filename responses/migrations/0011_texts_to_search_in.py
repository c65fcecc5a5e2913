"""Takes in what was accepted and reviewed before there was a search."""

from itertools import batched

from django.db import migrations

from responses.comparable import comparable


def fill(apps, schema_editor):
    Answer, Translation, SearchText = (
        apps.get_model("responses", name) for name in ("Answer", "Translation", "SearchText")
    )
    answers = Answer.objects.filter(response__status="accepted").values_list("pk", "text")
    for batch in batched(answers.iterator(), 500):
        SearchText.objects.bulk_create(SearchText(answer_id=pk, words=comparable(text)) for pk, text in batch)
    translations = Translation.objects.filter(status="reviewed").values_list("pk", "answer_id", "text")
    for batch in batched(translations.iterator(), 500):
        SearchText.objects.bulk_create(
            SearchText(translation_id=pk, answer_id=answer, words=comparable(text)) for pk, answer, text in batch
        )


class Migration(migrations.Migration):
    dependencies = [("responses", "0010_search_index")]

    # Going back, the table goes with all that is in it.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
