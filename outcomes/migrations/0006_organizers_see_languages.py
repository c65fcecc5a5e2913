from django.contrib.auth.management import create_permissions
from django.db import migrations

WANTED = [
    "view_knownlanguage",
    "view_policy",
    "change_policy",
    "view_machinedraftorder",
    "delete_machinedraftorder",
]


def allow(apps, schema_editor):
    # Permissions are otherwise made after all migrations have run, too late for this one.
    config = apps.get_app_config("responses")
    config.models_module = True
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    config.models_module = None
    _organizers(apps).permissions.add(*_permissions(apps))


def forbid(apps, schema_editor):
    _organizers(apps).permissions.remove(*_permissions(apps))


def _organizers(apps):
    return apps.get_model("auth", "Group").objects.get(name="Organizer")


def _permissions(apps):
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.filter(content_type__app_label="responses", codename__in=WANTED)


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0005_organizers_word_the_glossary"),
        ("responses", "0007_translators_desk"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
