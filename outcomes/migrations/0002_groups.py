from django.contrib.auth.management import create_permissions
from django.db import migrations

DESKS = {
    # Reads what comes in, accepts or declines it, and reviews translations.
    "Reviewer": [
        "responses.view_response",
        "responses.review_response",
        "responses.view_translation",
        "responses.review_translation",
    ],
    # Marks passages as evidence for problems.
    "Coder": [
        "outcomes.view_answertocode",
        "outcomes.view_evidence",
        "outcomes.add_evidence",
        "outcomes.delete_evidence",
        "outcomes.view_problem",
    ],
    # Translates answers, and reviews what other translators wrote.
    "Translator": ["responses.add_translation", "responses.review_translation"],
}
# All desks, and the texts and lists that organizers keep. Nobody here can make or change accounts.
DESKS["Organizer"] = [
    *DESKS["Reviewer"],
    *DESKS["Coder"],
    "responses.add_translation",
    *(f"responses.{verb}_{model}" for model in ("affiliate", "region") for verb in ("view", "add", "change", "delete")),
    *(f"responses.{verb}_question" for verb in ("view", "change")),
    "responses.view_gathering",
    *(
        f"outcomes.{verb}_{model}"
        for model in ("statement", "clause", "problem", "solution")
        for verb in ("view", "add", "change", "delete")
        if (model, verb) != ("problem", "view")
    ),
]


def make_groups(apps, schema_editor):
    # Permissions are otherwise made after all migrations have run, too late for this one.
    for label in ("responses", "outcomes"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, wanted in DESKS.items():
        group, _created = Group.objects.get_or_create(name=name)
        for each in wanted:
            label, codename = each.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=DESKS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0001_the_model"),
        ("responses", "0003_regions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
