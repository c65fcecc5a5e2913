from django.contrib.auth.management import create_permissions
from django.db import migrations

WANTED = [
    *(f"{verb}_{model}" for model in ("term", "termwording") for verb in ("view", "add", "change", "delete")),
    "view_wordedfrom",
    "change_wordedfrom",
]


def allow(apps, schema_editor):
    # Permissions are otherwise made after all migrations have run, too late for this one.
    config = apps.get_app_config("responses")
    config.models_module = True
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    config.models_module = None
    organizers = apps.get_model("auth", "Group").objects.get(name="Organizer")
    organizers.permissions.add(
        *apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="responses", codename__in=WANTED
        )
    )


def forbid(apps, schema_editor):
    organizers = apps.get_model("auth", "Group").objects.get(name="Organizer")
    organizers.permissions.remove(
        *apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="responses", codename__in=WANTED
        )
    )


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0004_organizers_quote_and_close"),
        ("responses", "0006_glossary_and_older_texts"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
