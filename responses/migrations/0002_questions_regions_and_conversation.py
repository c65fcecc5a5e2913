"""The rows that must exist: the three questions, the conversation that asks them, and the regions."""

from django.db import migrations
from django.utils import timezone

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

# It begins when the portal is set up, and has no end until organizers set one.
CONVERSATION = {
    "slug": "where-you-are",
    "title_en": "What does diversity mean where you are?",
    "title_ar": "ماذا يعني التنوّع في محيطك؟",
    "title_es": "¿Qué significa la diversidad allí donde estás?",
    "title_sv": "Vad betyder mångfald där du är?",
    "invitation_en": "In November 2017 eighty Wikimedians from 43 countries met in Stockholm. They wrote down what holds diversity back, and invited others to say what diversity means where they are. This conversation is for everybody, in their own language.",
    "invitation_ar": "في نوفمبر 2017 اجتمع في ستوكهولم ثمانون شخصًا من مجتمعات ويكيميديا في 43 بلدًا. دوّنوا ما يعيق التنوّع، ودعوا آخرين إلى قول ما يعنيه التنوّع في محيطهم. هذا الحوار للجميع، وبكل اللغات.",
    "invitation_es": "En noviembre de 2017, ochenta wikimedistas de 43 países se reunieron en Estocolmo. Pusieron por escrito lo que frena la diversidad e invitaron a otras personas a decir qué significa la diversidad allí donde están. Esta conversación es para todo el mundo, cada quien en su propio idioma.",
    "invitation_sv": "I november 2017 träffades åttio wikimedianer från 43 länder i Stockholm. De skrev ned vad som hindrar mångfalden och bjöd in andra att säga vad mångfald betyder där de är. Det här samtalet är för alla, var och en på sitt eget språk.",
    "asked_by_en": "The organizers of this portal",
    "asked_by_ar": "منظّمو هذه البوابة",
    "asked_by_es": "La organización de este portal",
    "asked_by_sv": "Arrangörerna för den här portalen",
}

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
    Conversation = apps.get_model("responses", "Conversation")
    english = {name: CONVERSATION[f"{name}_en"] for name in ("title", "invitation", "asked_by")}
    conversation = Conversation.objects.create(
        opens_on=timezone.localdate(), is_current=True, **english, **CONVERSATION
    )
    conversation.questions.set(Question.objects.all())
    for position, (slug, en, ar, es, sv) in enumerate(REGIONS, start=1):
        Region.objects.create(slug=slug, position=position, name=en, name_en=en, name_ar=ar, name_es=es, name_sv=sv)


def empty(apps, schema_editor):
    Question, Region = apps.get_model("responses", "Question"), apps.get_model("responses", "Region")
    apps.get_model("responses", "Conversation").objects.filter(slug=CONVERSATION["slug"]).delete()
    Question.objects.filter(slug__in=[question["slug"] for question in QUESTIONS]).delete()
    Region.objects.filter(slug__in=[region[0] for region in REGIONS]).delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
