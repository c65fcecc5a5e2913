"""Fills the new columns for what was stored before: published translations stay published, words get their hash."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import TruncDate

from responses.likeness import words_hash


def fill(apps, schema_editor):
    Translation = apps.get_model("responses", "Translation")
    Translation.objects.filter(status="reviewed").update(public_on=TruncDate(F("reviewed_at")))
    Response = apps.get_model("responses", "Response")
    Answer = apps.get_model("responses", "Answer")
    slugs = list(apps.get_model("responses", "Question").objects.order_by("position").values_list("slug", flat=True))
    for response in Response.objects.exclude(status="withdrawn").only("pk").iterator():
        said = dict(Answer.objects.filter(response=response).values_list("question__slug", "text"))
        digest = words_hash(said.get(slug, "") for slug in slugs)
        Response.objects.filter(pk=response.pk).update(words_hash=digest)


class Migration(migrations.Migration):
    dependencies = [("responses", "0004_drafts_versions_links")]

    # Going back, the columns go with all that is in them.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
