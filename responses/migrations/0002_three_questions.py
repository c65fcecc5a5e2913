from django.db import migrations

# The announcement's three questions. The English is its wording; the other languages are our translations of it.
# Historical models know no modeltranslation: each column is named, and the base column is the English one.
QUESTIONS = [
    {
        "slug": "meaning",
        "en": "What does diversity mean in your context?",
        "ar": "ماذا يعني التنوّع في سياقك؟",
        "es": "¿Qué significa la diversidad en tu contexto?",
        "sv": "Vad betyder mångfald i ditt sammanhang?",
    },
    {
        "slug": "needs",
        "en": "What specific needs should be addressed to advance your work?",
        "ar": "ما الاحتياجات المحدّدة التي ينبغي تلبيتها كي يتقدّم عملك؟",
        "es": "¿Qué necesidades concretas habría que atender para que tu trabajo avance?",
        "sv": "Vilka särskilda behov behöver tillgodoses för att ditt arbete ska komma vidare?",
    },
    {
        "slug": "resources",
        "en": "What resources would address those needs?",
        "ar": "ما الموارد التي من شأنها أن تلبّي تلك الاحتياجات؟",
        "es": "¿Qué recursos servirían para atender esas necesidades?",
        "sv": "Vilka resurser skulle tillgodose de behoven?",
    },
]


def ask(apps, schema_editor):
    Question = apps.get_model("responses", "Question")
    for position, question in enumerate(QUESTIONS, start=1):
        prompts = {f"prompt_{code}": question[code] for code in ("en", "ar", "es", "sv")}
        Question.objects.create(slug=question["slug"], position=position, prompt=question["en"], **prompts)


def unask(apps, schema_editor):
    apps.get_model("responses", "Question").objects.filter(slug__in=[each["slug"] for each in QUESTIONS]).delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_the_model")]

    operations = [migrations.RunPython(ask, unask)]
