"""On PostgreSQL, an index that finds parts of words. Without it the portal works, only slower.

If the extension pg_trgm is not installed or may not be created, docs/operating.md tells what to do later.
"""

from django.db import DatabaseError, migrations, transaction

INDEX = "CREATE INDEX IF NOT EXISTS search_text_trigrams ON responses_searchtext USING gin (words gin_trgm_ops)"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        try:
            with transaction.atomic(schema_editor.connection.alias):
                schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                schema_editor.execute(INDEX)
        except DatabaseError as reason:
            print(f"\n  Searching goes on without an index: {reason}".rstrip())


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_text_trigrams")


class Migration(migrations.Migration):
    dependencies = [("responses", "0002_questions_regions_conversation_and_reasons")]

    operations = [migrations.RunPython(make, drop)]
