from django.contrib.auth.management import create_permissions
from django.db import migrations

WANTED = [
    *(f"outcomes.{verb}_quotation" for verb in ("view", "add", "delete")),
    "responses.change_gathering",
]


def allow(apps, schema_editor):
    # Permissions are otherwise made after all migrations have run, too late for this one.
    for label in ("responses", "outcomes"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
        config.models_module = None
    organizers = apps.get_model("auth", "Group").objects.get(name="Organizer")
    for each in WANTED:
        label, codename = each.split(".")
        organizers.permissions.add(
            apps.get_model("auth", "Permission").objects.get(content_type__app_label=label, codename=codename)
        )


def forbid(apps, schema_editor):
    organizers = apps.get_model("auth", "Group").objects.get(name="Organizer")
    organizers.permissions.remove(
        *apps.get_model("auth", "Permission").objects.filter(codename__in=[each.split(".")[1] for each in WANTED])
    )


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0003_quotations"),
        ("responses", "0005_what_was_there_before"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
