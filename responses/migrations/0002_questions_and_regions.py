"""The rows that must exist: the three questions and the regions."""

from django.db import migrations

# The English is the wording of the announcement; the other languages are our translations of it. Historical models do
# not know modeltranslation, so each column is named, and the base column is the English one.
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
        "sv": "Vilka konkreta behov behöver tillgodoses för att ditt arbete ska komma vidare?",
    },
    {
        "slug": "resources",
        "en": "What resources would address those needs?",
        "ar": "ما الموارد التي من شأنها أن تلبّي تلك الاحتياجات؟",
        "es": "¿Qué recursos servirían para atender esas necesidades?",
        "sv": "Vilka resurser skulle tillgodose de behoven?",
    },
]

# The eight regions that the Wikimedia movement has worked with since 2022, and a ninth for what is tied to no place.
# The exact wording of their names is to be verified; organizers change it in the admin.
REGIONS = [
    ("ceeca", "Central & Eastern Europe and Central Asia", "وسط أوروبا وشرقها وآسيا الوسطى", "Europa Central y Oriental y Asia Central", "Central- och Östeuropa samt Centralasien"),
    ("eseap", "East & Southeast Asia and the Pacific", "شرق آسيا وجنوب شرقها والمحيط الهادئ", "Asia Oriental, Sudeste Asiático y el Pacífico", "Öst- och Sydostasien samt Stilla havet"),
    ("lac", "Latin America & the Caribbean", "أمريكا اللاتينية والكاريبي", "América Latina y el Caribe", "Latinamerika och Karibien"),
    ("mena", "Middle East & North Africa", "الشرق الأوسط وشمال أفريقيا", "Oriente Medio y Norte de África", "Mellanöstern och Nordafrika"),
    ("nwe", "Northern & Western Europe", "شمال أوروبا وغربها", "Europa del Norte y Occidental", "Nord- och Västeuropa"),
    ("sa", "South Asia", "جنوب آسيا", "Asia del Sur", "Sydasien"),
    ("ssa", "Sub-Saharan Africa", "أفريقيا جنوب الصحراء", "África subsahariana", "Afrika söder om Sahara"),
    ("usca", "United States & Canada", "الولايات المتحدة وكندا", "Estados Unidos y Canadá", "USA och Kanada"),
    ("none", "Not tied to a place", "غير مرتبط بمكان", "Sin vínculo con un lugar", "Inte knuten till en plats"),
]


def fill(apps, schema_editor):
    Question, Region = apps.get_model("responses", "Question"), apps.get_model("responses", "Region")
    for position, question in enumerate(QUESTIONS, start=1):
        prompts = {f"prompt_{code}": question[code] for code in ("en", "ar", "es", "sv")}
        Question.objects.create(slug=question["slug"], position=position, prompt=question["en"], **prompts)
    for position, (slug, en, ar, es, sv) in enumerate(REGIONS, start=1):
        Region.objects.create(slug=slug, position=position, name=en, name_en=en, name_ar=ar, name_es=es, name_sv=sv)


def empty(apps, schema_editor):
    Question, Region = apps.get_model("responses", "Question"), apps.get_model("responses", "Region")
    Question.objects.filter(slug__in=[question["slug"] for question in QUESTIONS]).delete()
    Region.objects.filter(slug__in=[region[0] for region in REGIONS]).delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
