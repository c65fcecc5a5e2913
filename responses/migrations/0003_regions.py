from django.db import migrations

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


def add(apps, schema_editor):
    Region = apps.get_model("responses", "Region")
    for position, (slug, en, ar, es, sv) in enumerate(REGIONS, start=1):
        Region.objects.create(slug=slug, position=position, name=en, name_en=en, name_ar=ar, name_es=es, name_sv=sv)


def remove(apps, schema_editor):
    apps.get_model("responses", "Region").objects.filter(slug__in=[region[0] for region in REGIONS]).delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0002_three_questions")]

    operations = [migrations.RunPython(add, remove)]
