"""The admin's log grows with every decision and every mark. Its own indexes do not find what it has about one row.

Without these the history pages work, only slower.
"""

from django.db import migrations

# What is written about a row itself; and, by the names of rows, which begin with the code of their response, what is
# written about all that belongs to a response, also if that is gone.
NAMES = ("log_of_a_row", "log_by_name")


def make(apps, schema_editor):
    # PostgreSQL sorts by the rules of a language, which does not find how a name begins, unless it is told otherwise.
    begins = " varchar_pattern_ops" if schema_editor.connection.vendor == "postgresql" else ""
    of_a_row = "content_type_id, object_id, action_time DESC, id DESC"
    for name, columns in zip(NAMES, (of_a_row, f"object_repr{begins}"), strict=True):
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON django_admin_log ({columns})")


def drop(apps, schema_editor):
    for name in NAMES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("responses", "0003_search_index"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [migrations.RunPython(make, drop)]
