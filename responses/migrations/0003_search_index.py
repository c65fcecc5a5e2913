"""On PostgreSQL, an index that finds parts of words. Without it the portal works, only slower.

If the extension pg_trgm is not installed or may not be created, docs/operating.md tells what to do later.
"""

from django.db import DatabaseError, migrations, transaction

TABLES = {"search_text_trigrams": "responses_searchtext", "names_text_trigrams": "responses_namestext"}


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        try:
            with transaction.atomic(schema_editor.connection.alias):
                schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                for name, table in TABLES.items():
                    schema_editor.execute(
                        f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin (words gin_trgm_ops)"
                    )
        except DatabaseError as reason:
            print(f"\n  Searching goes on without an index: {reason}".rstrip())


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in TABLES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("responses", "0002_questions_regions_conversation_and_reasons")]

    operations = [migrations.RunPython(make, drop)]
