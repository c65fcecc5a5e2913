import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# White space and other characters that nobody sees, as code points.
INVISIBLE = "".join(
    chr(code)
    for first, _dash, last in (each.partition("-") for each in """
9-d 1c-20 85 a0 ad 34f 600-605 61c 6dd 70f 890-891 8e2 115f-1160 1680 17b4-17b5 180b-180f 2000-200f 2028-202f 205f-206f
2800 3000 3164 fe00-fe0f feff ffa0 fff0-fffb 110bd 110cd 13430-1343f 1bca0-1bca3 1d159 1d173-1d17a e0001 e0020-e007f
e0100-e01ef
""".split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Affiliate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=190, unique=True, verbose_name='name')),
                ('kind', models.CharField(choices=[('chapter', 'Chapter'), ('thematic', 'Thematic organisation'), ('user-group', 'User group'), ('informal', 'Informal group'), ('partner', 'Partner')], max_length=20, verbose_name='kind')),
                ('countries', models.CharField(blank=True, help_text='Two-letter country codes with a space between: SE NO', max_length=190, validators=[django.core.validators.RegexValidator('^[A-Z]{2}( [A-Z]{2})*$', 'Write two-letter codes with a space between: SE NO')], verbose_name='countries')),
                ('languages', models.CharField(blank=True, help_text='Codes with a space between, the one to write to them in first: sw en', max_length=190, verbose_name='languages')),
                ('page', models.URLField(blank=True, help_text="The affiliate's page on Meta-Wiki or its own site.", verbose_name='page')),
                ('is_active', models.BooleanField(default=True, help_text='Affiliates come and go. An inactive one keeps its responses.', verbose_name='active')),
            ],
            options={
                'verbose_name': 'affiliate',
                'verbose_name_plural': 'affiliates',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='text')),
                ('prompt_text', models.CharField(max_length=300, verbose_name='the question as it was asked')),
                ('prompt_language', models.CharField(max_length=20, verbose_name='the language it was asked in')),
                ('accepted_on', models.DateField(editable=False, null=True)),
                ('language', models.CharField(blank=True, editable=False, max_length=20, verbose_name='language')),
                ('is_coded', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['question__position'],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_kinds', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note')),
                ('content_note', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note in own words')),
                ('added_kinds', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note of the organizers')),
                ('added_note', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note of the organizers, in own words')),
                ('sharing', models.CharField(choices=[('named', 'With my name'), ('affiliate', 'With the name of my affiliate or group only'), ('unnamed', 'Without any name'), ('organizers', 'For the organizers only')], default='unnamed', max_length=10, verbose_name='sharing')),
                ('display_name', models.CharField(blank=True, max_length=190, verbose_name='name to show')),
                ('affiliate_name', models.CharField(blank=True, max_length=190, verbose_name='affiliate not on the roster')),
                ('people', models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100000)], verbose_name='people')),
                ('method', models.CharField(blank=True, max_length=190, verbose_name='how they talked')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='talked on')),
                ('place', models.CharField(blank=True, max_length=190, verbose_name='place')),
                ('spoken_languages', models.CharField(blank=True, max_length=190, verbose_name='languages they spoke')),
                ('written_by', models.CharField(blank=True, max_length=190, verbose_name='written down by')),
                ('may_be_translated', models.BooleanField(default=False, verbose_name='may be translated for reviewers')),
                ('status', models.CharField(choices=[('submitted', 'Waiting for review'), ('asked', 'Waiting for the author’s reply'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=10, verbose_name='status')),
                ('submitted_on', models.DateField(blank=True, null=True, verbose_name='received on')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='accepted on')),
                ('declined_on', models.DateField(blank=True, null=True, verbose_name='declined on')),
                ('decline_reason', models.TextField(blank=True, verbose_name='reason for declining')),
                ('note_to_author', models.TextField(blank=True, verbose_name='note to the author')),
                ('noted_on', models.DateField(blank=True, null=True, verbose_name='note written on')),
                ('was_published', models.BooleanField(default=False, editable=False)),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='code')),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('results_by', models.DateField(blank=True, editable=False, null=True, verbose_name='results promised by')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('language_name', models.CharField(blank=True, max_length=100, verbose_name='language that is not listed')),
                ('terms_version', models.CharField(blank=True, max_length=20, verbose_name='terms agreed to')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='agreed on')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='started on')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample')),
                ('duplicate_key', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('affiliate', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='responses.affiliate', verbose_name='affiliate')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='responses', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'response',
                'verbose_name_plural': 'responses',
                'permissions': [('review_response', 'Can accept and decline responses')],
            },
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('title', models.CharField(max_length=190, verbose_name='title')),
                ('title_en', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_ar', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_es', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_fa', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_fr', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_hi', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_ind', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_pt_br', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_ru', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_sv', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_sw', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_zh_hans', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('invitation', models.TextField(blank=True, verbose_name='invitation')),
                ('invitation_en', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_ar', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_es', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_fa', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_fr', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_hi', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_ind', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_pt_br', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_ru', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_sv', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_sw', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('invitation_zh_hans', models.TextField(blank=True, null=True, verbose_name='invitation')),
                ('asked_by', models.CharField(blank=True, max_length=190, verbose_name='who asks')),
                ('asked_by_en', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_ar', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_es', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_fa', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_fr', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_hi', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_ind', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_pt_br', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_ru', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_sv', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_sw', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('asked_by_zh_hans', models.CharField(blank=True, max_length=190, null=True, verbose_name='who asks')),
                ('opens_on', models.DateField(verbose_name='first day')),
                ('closes_on', models.DateField(blank=True, help_text='A day ends when it has ended everywhere on earth: at noon (UTC) of the next day.', null=True, verbose_name='last day')),
                ('results_by', models.DateField(blank=True, null=True, verbose_name='results promised by')),
                ('promised_on', models.DateField(editable=False, null=True)),
                ('results_on', models.DateField(blank=True, null=True, verbose_name='results out on')),
                ('is_current', models.BooleanField(default=False, editable=False, verbose_name='current')),
                ('made_way_at', models.DateTimeField(editable=False, null=True)),
                ('page', models.URLField(blank=True, help_text='Where else it is or was held.', verbose_name='page')),
            ],
            options={
                'verbose_name': 'conversation',
                'verbose_name_plural': 'conversations',
                'ordering': ['-opens_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DeclineReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('title', models.CharField(max_length=190, verbose_name='title')),
                ('title_en', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_ar', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_es', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_fa', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_fr', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_hi', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_ind', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_pt_br', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_ru', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_sv', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_sw', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('title_zh_hans', models.CharField(max_length=190, null=True, verbose_name='title')),
                ('text', models.TextField(verbose_name='what the author reads')),
                ('text_en', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_ar', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_es', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_fa', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_fr', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_hi', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_ind', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_pt_br', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_ru', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_sv', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_sw', models.TextField(null=True, verbose_name='what the author reads')),
                ('text_zh_hans', models.TextField(null=True, verbose_name='what the author reads')),
                ('is_offered', models.BooleanField(default=True, help_text='If it is not offered any more, responses that were declined for it keep it.', verbose_name='offered')),
            ],
            options={
                'verbose_name': 'reason for declining',
                'verbose_name_plural': 'reasons for declining',
                'ordering': ['position', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='code')),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('title', models.CharField(max_length=190, verbose_name='title')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('place', models.CharField(blank=True, max_length=190, verbose_name='place')),
                ('host_note', models.TextField(blank=True, verbose_name="the host's note")),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('sent', models.PositiveIntegerField(default=0, editable=False)),
                ('late_key_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('late_until', models.DateField(blank=True, editable=False, null=True, verbose_name='late sheets until')),
                ('affiliate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gatherings', to='responses.affiliate', verbose_name='affiliate')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='responses.conversation', verbose_name='conversation')),
            ],
            options={
                'verbose_name': 'gathering',
                'verbose_name_plural': 'gatherings',
                'ordering': ['-held_on', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='position')),
                ('prompt', models.CharField(max_length=300, verbose_name='question')),
                ('prompt_en', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_ar', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_es', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_fa', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_fr', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_hi', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_ind', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_pt_br', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_ru', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_sv', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_sw', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('prompt_zh_hans', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('hint', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', verbose_name='hint')),
                ('hint_en', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_ar', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_es', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_fa', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_fr', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_hi', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_ind', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_pt_br', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_ru', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_sv', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_sw', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
                ('hint_zh_hans', models.TextField(blank=True, help_text='Shown under the question. Examples read as a definition: give several, or none.', null=True, verbose_name='hint')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_ar', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_fa', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_hi', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_ind', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_pt_br', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_ru', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_sv', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_sw', models.CharField(max_length=100, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=100, null=True, verbose_name='name')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['position', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('name', models.CharField(max_length=100, verbose_name='term')),
                ('name_en', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_ar', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_es', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_fa', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_fr', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_hi', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_ind', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_pt_br', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_ru', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_sv', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_sw', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('name_zh_hans', models.CharField(max_length=100, null=True, verbose_name='term')),
                ('meaning', models.TextField(blank=True, verbose_name='meaning')),
                ('meaning_en', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_ar', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_es', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_fa', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_fr', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_hi', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_ind', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_pt_br', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_ru', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_sv', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_sw', models.TextField(blank=True, null=True, verbose_name='meaning')),
                ('meaning_zh_hans', models.TextField(blank=True, null=True, verbose_name='meaning')),
            ],
            options={
                'verbose_name': 'term',
                'verbose_name_plural': 'glossary',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('auth.user',),
        ),
        migrations.CreateModel(
            name='AuthorsWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='authors_words', to='responses.answer')),
            ],
            options={
                'verbose_name': 'words of an author',
                'verbose_name_plural': 'words of authors',
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(default='en', max_length=20, verbose_name='language')),
                ('delete_on', models.DateField(verbose_name='delete on')),
                ('tried_on', models.DateField(blank=True, null=True, verbose_name='last message on')),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='contact', serialize=False, to='responses.response', verbose_name='response')),
                ('left_on', models.DateField()),
                ('seen', models.JSONField(default=list)),
                ('told', models.JSONField(default=list)),
                ('asked_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
            },
        ),
        migrations.CreateModel(
            name='AuthorsText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=100, unique=True)),
                ('text', models.TextField()),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors_texts', to='responses.response')),
            ],
            options={
                'verbose_name': 'text of an author',
                'verbose_name_plural': 'texts of authors',
            },
        ),
        migrations.CreateModel(
            name='MaskTakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('masked_at', models.DateTimeField(verbose_name='masked at')),
                ('taken_back_at', models.DateTimeField(verbose_name='taken back at')),
                ('masked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='masks_taken_back', to='responses.response')),
            ],
            options={
                'verbose_name': 'mask taken back',
                'verbose_name_plural': 'masks taken back',
                'constraints': [models.CheckConstraint(condition=models.Q(('taken_back_at__gte', models.F('masked_at'))), name='mask_is_taken_back_later')],
            },
        ),
        migrations.AddField(
            model_name='answer',
            name='response',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='responses.response', verbose_name='response'),
        ),
        migrations.CreateModel(
            name='AccountLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('valid_until', models.DateField(verbose_name='valid until')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='account_links', to='responses.response', verbose_name='response')),
            ],
            options={
                'verbose_name': 'link for an account',
                'verbose_name_plural': 'links for accounts',
            },
        ),
        migrations.AddField(
            model_name='response',
            name='conversation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='responses.conversation', verbose_name='conversation'),
        ),
        migrations.AddField(
            model_name='answer',
            name='conversation',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='responses.conversation', verbose_name='conversation'),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='decided at')),
                ('before', models.JSONField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='responses.response')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['decided_at'],
            },
        ),
        migrations.AddField(
            model_name='response',
            name='declined_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declined', to='responses.declinereason', verbose_name='standard reason for declining'),
        ),
        migrations.AddField(
            model_name='response',
            name='gathering',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='responses.gathering', verbose_name='gathering'),
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='question to the author')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('reply', models.TextField(blank=True, verbose_name='reply of the author')),
                ('replied_on', models.DateField(blank=True, null=True, verbose_name='replied on')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inquiries', to='responses.response', verbose_name='response')),
            ],
            options={
                'verbose_name': 'question to an author',
                'verbose_name_plural': 'questions to authors',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='KnownLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('reads', models.BooleanField(default=False, verbose_name='reads')),
                ('writes', models.BooleanField(default=False, verbose_name='writes')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='known_languages', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'language of a translator',
                'verbose_name_plural': 'languages of translators',
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='LikenessBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.PositiveSmallIntegerField()),
                ('value', models.BigIntegerField()),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likeness_bands', to='responses.response')),
            ],
        ),
        migrations.CreateModel(
            name='MachineDraftOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due at')),
                ('tries', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0)], verbose_name='tries')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draft_orders', to='responses.answer', verbose_name='answer')),
            ],
            options={
                'verbose_name': 'order of a machine draft',
                'verbose_name_plural': 'orders of machine drafts',
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Mask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField(verbose_name='start')),
                ('end', models.PositiveIntegerField(verbose_name='end')),
                ('reason', models.TextField(verbose_name='reason')),
                ('masked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='masked at')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='masks', to='responses.answer', verbose_name='answer')),
                ('masked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='masked by')),
            ],
            options={
                'verbose_name': 'mask',
                'verbose_name_plural': 'masks',
                'ordering': ['start', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ModerationTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('kind', models.CharField(choices=[('received', 'Received'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('asked', 'Asked'), ('hidden', 'Hidden'), ('taken_back', 'Taken Back')], max_length=10, verbose_name='kind')),
                ('reason', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='responses.declinereason')),
            ],
            options={
                'verbose_name': 'tally of a month',
                'verbose_name_plural': 'tallies of a month',
            },
        ),
        migrations.CreateModel(
            name='MonthlyNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('kind', models.CharField(choices=[('received', 'Received'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('asked', 'Asked'), ('hidden', 'Hidden'), ('taken_back', 'Taken Back')], max_length=10, verbose_name='kind')),
                ('at_least', models.PositiveIntegerField(verbose_name='at least')),
                ('reason', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='monthly_numbers', to='responses.declinereason')),
            ],
            options={
                'verbose_name': 'number of a month',
                'verbose_name_plural': 'numbers of a month',
            },
        ),
        migrations.CreateModel(
            name='MovedPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('results_by', models.DateField(verbose_name='promised before')),
                ('moved_on', models.DateField(verbose_name='moved on')),
                ('reason', models.TextField(verbose_name='reason')),
                ('reason_en', models.TextField(null=True, verbose_name='reason')),
                ('reason_ar', models.TextField(null=True, verbose_name='reason')),
                ('reason_es', models.TextField(null=True, verbose_name='reason')),
                ('reason_fa', models.TextField(null=True, verbose_name='reason')),
                ('reason_fr', models.TextField(null=True, verbose_name='reason')),
                ('reason_hi', models.TextField(null=True, verbose_name='reason')),
                ('reason_ind', models.TextField(null=True, verbose_name='reason')),
                ('reason_pt_br', models.TextField(null=True, verbose_name='reason')),
                ('reason_ru', models.TextField(null=True, verbose_name='reason')),
                ('reason_sv', models.TextField(null=True, verbose_name='reason')),
                ('reason_sw', models.TextField(null=True, verbose_name='reason')),
                ('reason_zh_hans', models.TextField(null=True, verbose_name='reason')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moved_promises', to='responses.conversation', verbose_name='conversation')),
            ],
            options={
                'verbose_name': 'moved promise',
                'verbose_name_plural': 'moved promises',
                'ordering': ['moved_on'],
            },
        ),
        migrations.CreateModel(
            name='NamesText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='names_text', to='responses.response')),
            ],
        ),
        migrations.CreateModel(
            name='OrganizerLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_wanted', models.BooleanField(default=True, verbose_name='send me the letter')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='language')),
                ('desk_language', models.CharField(default='en', editable=False, max_length=20)),
                ('tried_on', models.DateField(editable=False, null=True)),
                ('sent_on', models.DateField(editable=False, null=True, verbose_name='last letter on')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='organizer_letter', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'letter to you',
                'verbose_name_plural': 'letters to you',
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shows_machine_drafts', models.BooleanField(default=False, help_text='Where nobody has translated an answer, readers get the draft of a machine below the original, marked as such, from the day on which its author has had time to object. Translators see drafts in any case.', verbose_name='readers see machine drafts')),
            ],
            options={
                'verbose_name': 'policy',
                'verbose_name_plural': 'policy',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_policy')],
            },
        ),
        migrations.AddField(
            model_name='conversation',
            name='questions',
            field=models.ManyToManyField(related_name='conversations', to='responses.question', verbose_name='questions'),
        ),
        migrations.AddField(
            model_name='answer',
            name='question',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='responses.question', verbose_name='question'),
        ),
        migrations.CreateModel(
            name='RateLimitCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.CharField(max_length=64)),
                ('wider', models.CharField(max_length=64)),
                ('widest', models.CharField(db_index=True, max_length=64)),
                ('window', models.BigIntegerField()),
                ('n', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'window'), name='one_count_a_network_and_window')],
            },
        ),
        migrations.CreateModel(
            name='ReadingAid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('text', models.TextField(verbose_name='text')),
                ('source_text', models.TextField(editable=False)),
                ('by_machine', models.BooleanField(default=False, verbose_name='made by a machine')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written at')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reading_aids', to='responses.answer', verbose_name='answer')),
                ('translator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='translator')),
            ],
            options={
                'verbose_name': 'translation for reviewers',
                'verbose_name_plural': 'translations for reviewers',
                'permissions': [('translate_unread', 'Can translate unread words for reviewers')],
            },
        ),
        migrations.CreateModel(
            name='ReadingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='into')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked for at')),
                ('by_machine', models.BooleanField(default=False, verbose_name='by a machine too')),
                ('waits_since', models.DateTimeField(editable=False, null=True)),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reading_requests', to='responses.response', verbose_name='response')),
            ],
            options={
                'verbose_name': 'translation asked for by reviewers',
                'verbose_name_plural': 'translations asked for by reviewers',
                'ordering': ['requested_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recused_on', models.DateField(verbose_name='put away on')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='responses.response', verbose_name='response')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'response put away',
                'verbose_name_plural': 'responses put away',
                'ordering': ['-recused_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='response',
            name='region',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='responses.region', verbose_name='region'),
        ),
        migrations.CreateModel(
            name='Invitee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='language')),
                ('invited_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='invited on')),
                ('reminded_on', models.DateField(blank=True, null=True, verbose_name='last reminded on')),
                ('note', models.CharField(blank=True, help_text='For organizers only, such as by which way. No addresses.', max_length=190, verbose_name='note')),
                ('affiliate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='responses.affiliate', verbose_name='affiliate')),
                ('conversation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='responses.conversation', verbose_name='conversation')),
                ('invited_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='responses.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'invitation to a conversation',
                'verbose_name_plural': 'invitations to conversations',
                'ordering': ['invited_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='affiliate',
            name='region',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='affiliates', to='responses.region', verbose_name='region'),
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reservations', to='responses.answer', verbose_name='answer')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reservations', to=settings.AUTH_USER_MODEL, verbose_name='translator')),
            ],
            options={
                'verbose_name': 'reservation',
                'verbose_name_plural': 'reservations',
            },
        ),
        migrations.CreateModel(
            name='ReviewReservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='review_reservation', to='responses.response')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_reservations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reservation of a reviewer',
                'verbose_name_plural': 'reservations of reviewers',
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(default='en', max_length=20, verbose_name='language')),
                ('delete_on', models.DateField(verbose_name='delete on')),
                ('tried_on', models.DateField(blank=True, null=True, verbose_name='last message on')),
                ('folded', models.CharField(editable=False, max_length=762)),
                ('awaits', models.JSONField(default=list)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='responses.conversation', verbose_name='conversation')),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
            },
        ),
        migrations.CreateModel(
            name='TermWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('wording', models.CharField(max_length=100, verbose_name='wording')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='responses.term', verbose_name='term')),
            ],
            options={
                'verbose_name': 'wording of a term',
                'verbose_name_plural': 'wordings of terms',
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='TextSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=50)),
                ('row', models.PositiveBigIntegerField()),
                ('field', models.CharField(max_length=50)),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('english', models.TextField()),
            ],
            options={
                'verbose_name': 'translation of a text',
                'verbose_name_plural': 'translations of texts',
                'constraints': [models.UniqueConstraint(fields=('model', 'row', 'field', 'language'), name='one_source_of_a_text_a_language')],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_on', models.DateField(blank=True, editable=False, null=True, verbose_name='public on')),
                ('objected_on', models.DateField(blank=True, editable=False, null=True, verbose_name='the author objected on')),
                ('objection', models.TextField(blank=True, editable=False, verbose_name='what the author objects to')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('text', models.TextField(verbose_name='text')),
                ('note', models.TextField(blank=True, verbose_name='translator’s note')),
                ('source_text', models.TextField(editable=False, verbose_name='translated from')),
                ('status', models.CharField(choices=[('suggested', 'Waiting for review'), ('reviewed', 'Reviewed'), ('replaced', 'Replaced')], default='suggested', max_length=10, verbose_name='status')),
                ('origin', models.CharField(choices=[('human', 'A person'), ('machine', 'A machine'), ('author', 'The author of the answer')], default='human', max_length=10, verbose_name='made by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written at')),
                ('reviewed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reviewed at')),
                ('imported_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('to_review_since', models.DateTimeField(editable=False, null=True)),
                ('to_replace_since', models.DateField(editable=False, null=True)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='responses.answer', verbose_name='answer')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reviewed_translations', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                ('translator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to=settings.AUTH_USER_MODEL, verbose_name='translator')),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
                'ordering': ['created_at', 'pk'],
                'permissions': [('review_translation', "Can mark somebody else's translation as reviewed")],
            },
        ),
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_texts', to='responses.answer')),
                ('response', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='search_texts', to='responses.response')),
                ('translation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_text', to='responses.translation')),
            ],
        ),
        migrations.CreateModel(
            name='Translator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_named', models.BooleanField(default=True, verbose_name='named beside what they translated and reviewed')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='as_translator', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'translator',
                'verbose_name_plural': 'translators',
            },
        ),
        migrations.CreateModel(
            name='TranslatorRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('folded', models.CharField(editable=False, max_length=762, unique=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('reads', models.CharField(max_length=300, verbose_name='reads')),
                ('writes', models.CharField(max_length=300, verbose_name='writes')),
                ('words', models.TextField(blank=True, verbose_name='words')),
                ('language', models.CharField(default='en', max_length=20, verbose_name='language of the page')),
                ('asked_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='asked on')),
                ('delete_on', models.DateField(verbose_name='delete on')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='translator_requests', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'request to translate',
                'verbose_name_plural': 'requests to translate',
                'ordering': ['asked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('submitted', 'Waiting for review'), ('asked', 'Waiting for the author’s reply'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=10, verbose_name='decided')),
                ('decline_reason', models.TextField(blank=True, verbose_name='reason for declining')),
                ('made_at', models.DateTimeField(verbose_name='decided at')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
                ('declined_for', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='responses.declinereason')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='responses.response')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'verdict',
                'verbose_name_plural': 'verdicts',
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_kinds', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note')),
                ('content_note', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note in own words')),
                ('added_kinds', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note of the organizers')),
                ('added_note', models.CharField(blank=True, editable=False, max_length=190, verbose_name='content note of the organizers, in own words')),
                ('number', models.PositiveIntegerField()),
                ('replaced_on', models.DateField(verbose_name='changed on')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('language_name', models.CharField(blank=True, max_length=100, verbose_name='language that is not listed')),
                ('sharing', models.CharField(choices=[('named', 'With my name'), ('affiliate', 'With the name of my affiliate or group only'), ('unnamed', 'Without any name'), ('organizers', 'For the organizers only')], max_length=10, verbose_name='sharing')),
                ('answers', models.JSONField(verbose_name='answers')),
                ('authors_answers', models.JSONField(default=dict)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='responses.response', verbose_name='response')),
            ],
            options={
                'verbose_name': 'earlier version',
                'verbose_name_plural': 'earlier versions',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('typed', models.JSONField()),
                ('saved_on', models.DateField(verbose_name='saved on')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='responses.conversation', verbose_name='conversation')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
                'indexes': [models.Index(fields=['saved_on'], name='draft_saved_on')],
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('email', 'It seems to have an e-mail address in it.'), ('phone', 'It seems to have a telephone number in it.'), ('link', 'It seems to have a link in it.'), ('user_page', 'It seems to name a user page of a wiki.'), ('handle', 'It seems to name an account of a network, such as @name.'), ('trap', 'A field that people do not see was filled in.'), ('unopened', 'It was sent without opening the form.'), ('haste', 'It was sent within three seconds of opening the form.'), ('repeated', 'Another response says exactly the same.'), ('links', 'It has three links or more.'), ('flood', 'Many responses came from the same network within minutes. Workshops do that too.'), ('alike', 'Another response says nearly the same.'), ('reader', 'A reader has told the organizers something about it.')], max_length=10, verbose_name='kind')),
                ('words', models.TextField(blank=True, verbose_name='words')),
                ('raised_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='raised on')),
                ('ticked_off_at', models.DateTimeField(blank=True, null=True, verbose_name='looked at')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='flags_of_others', to='responses.response', verbose_name='other response')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='responses.response', verbose_name='response')),
                ('ticked_off_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked at by')),
            ],
            options={
                'verbose_name': 'flag',
                'verbose_name_plural': 'flags',
                'ordering': ['raised_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('ticked_off_at__isnull', True)), fields=['kind', 'response'], name='open_flags_of_a_kind'), models.Index(condition=models.Q(('kind', 'reader'), ('ticked_off_at__isnull', True)), fields=['raised_on', 'id', 'response'], name='told_by_readers_oldest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['email', 'phone', 'link', 'user_page', 'handle', 'trap', 'unopened', 'haste', 'repeated', 'links', 'flood', 'alike', 'reader'])), name='flag_kind_is_known'), models.CheckConstraint(condition=models.Q(('kind', 'alike'), ('other__isnull', True), _connector='XOR'), name='flag_names_another_response_if_alike'), models.CheckConstraint(condition=models.Q(('kind', 'reader'), ('words', ''), _connector='XOR'), name='flag_has_words_if_of_a_reader'), models.UniqueConstraint(condition=models.Q(('other__isnull', True), models.Q(('kind', 'reader'), _negated=True)), fields=('response', 'kind'), name='one_flag_of_a_kind'), models.UniqueConstraint(fields=('response', 'other'), name='one_flag_for_two_alike')],
            },
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(fields=['-held_on', 'code'], name='gatherings_newest'),
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(fields=['conversation', '-held_on', 'code'], name='gatherings_in_a_conversation'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('title'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='gathering_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('late_key_hash__isnull', True), ('late_until__isnull', True)), models.Q(('late_key_hash__isnull', False), ('late_until__isnull', False)), _connector='OR'), name='gathering_link_for_late_sheets_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('text'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='inquiry_is_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.UniqueConstraint(condition=models.Q(('replied_on__isnull', True)), fields=('response',), name='one_open_inquiry_a_response'),
        ),
        migrations.AddConstraint(
            model_name='knownlanguage',
            constraint=models.UniqueConstraint(fields=('user', 'language'), name='one_row_a_language_somebody_knows'),
        ),
        migrations.AddConstraint(
            model_name='knownlanguage',
            constraint=models.CheckConstraint(condition=models.Q(('reads', True), ('writes', True), _connector='OR'), name='known_language_is_read_or_written'),
        ),
        migrations.AddIndex(
            model_name='likenessband',
            index=models.Index(fields=['value', 'band'], name='likeness_by_value'),
        ),
        migrations.AddConstraint(
            model_name='likenessband',
            constraint=models.UniqueConstraint(fields=('response', 'band'), name='one_value_a_band'),
        ),
        migrations.AddIndex(
            model_name='machinedraftorder',
            index=models.Index(fields=['due_at', 'id'], name='draft_orders_due'),
        ),
        migrations.AddConstraint(
            model_name='machinedraftorder',
            constraint=models.UniqueConstraint(fields=('answer', 'language'), name='one_order_an_answer_a_language'),
        ),
        migrations.AddConstraint(
            model_name='mask',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='mask_ends_after_its_start'),
        ),
        migrations.AddIndex(
            model_name='moderationtally',
            index=models.Index(fields=['month', 'kind', 'reason'], name='tallies_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='moderationtally',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='tally_month_is_its_first_day'),
        ),
        migrations.AddConstraint(
            model_name='moderationtally',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'accepted', 'declined', 'asked', 'hidden', 'taken_back'])), name='tally_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='moderationtally',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'declined'), ('reason__isnull', True), _connector='OR'), name='tally_has_a_reason_only_if_declined'),
        ),
        migrations.AddConstraint(
            model_name='monthlynumber',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='number_month_is_its_first_day'),
        ),
        migrations.AddConstraint(
            model_name='monthlynumber',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'accepted', 'declined', 'asked', 'hidden', 'taken_back'])), name='number_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='monthlynumber',
            constraint=models.UniqueConstraint(condition=models.Q(('reason__isnull', True)), fields=('month', 'kind'), name='one_number_a_month_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='monthlynumber',
            constraint=models.UniqueConstraint(fields=('month', 'kind', 'reason'), name='one_number_a_month_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='movedpromise',
            constraint=models.UniqueConstraint(fields=('conversation', 'moved_on'), name='one_moved_promise_a_day'),
        ),
        migrations.AddConstraint(
            model_name='movedpromise',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('reason'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='moved_promise_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('title'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='conversation_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='one_conversation_is_current'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__isnull', True), ('closes_on__gte', models.F('opens_on')), _connector='OR'), name='conversation_closes_after_it_opens', violation_error_code='closes_on', violation_error_message='The last day is before the first one.'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('made_way_at__isnull', True), ('closes_on__isnull', False), _connector='OR'), name='conversation_that_made_way_has_a_last_day'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('made_way_at__isnull', True), ('is_current', False), _connector='OR'), name='conversation_that_made_way_is_not_current'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('results_by__isnull', True), models.Q(('closes_on__isnull', False), ('results_by__gt', models.F('closes_on'))), _connector='OR'), name='conversation_promises_results_after_closing', violation_error_code='results_by', violation_error_message='Results can be promised only for a day after the last one.'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('results_on__isnull', True), models.Q(('closes_on__isnull', False), ('results_on__gt', models.F('closes_on'))), _connector='OR'), name='conversation_has_results_after_closing', violation_error_code='results_on', violation_error_message='Results can be out only after the last day.'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('accepted_on__isnull', False), ('is_coded', False)), fields=['accepted_on', 'response', 'question', 'id'], name='answers_to_code'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('accepted_on__isnull', False), ('is_coded', False)), fields=['language', 'accepted_on', 'response', 'question', 'id'], name='answers_to_code_language'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('accepted_on__isnull', False), ('is_coded', False)), fields=['conversation', 'accepted_on', 'response', 'question', 'id'], name='answers_to_code_conversation'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('accepted_on__isnull', False), ('is_coded', True)), fields=['accepted_on', 'response', 'question', 'id'], name='answers_coded'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('accepted_on__isnull', False)), fields=['accepted_on', 'response', 'question', 'id'], name='answers_accepted'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['question', 'response'], name='answers_to_a_question'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('response', 'question'), name='one_answer_to_a_question'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('text'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='answer_is_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='readingaid',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('text'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='reading_aid_is_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='readingaid',
            constraint=models.CheckConstraint(condition=models.Q(('by_machine', False), ('translator__isnull', True), _connector='OR'), name='reading_aid_by_machine_names_nobody'),
        ),
        migrations.AddConstraint(
            model_name='readingaid',
            constraint=models.UniqueConstraint(fields=('answer', 'language', 'by_machine'), name='one_reading_aid_a_language'),
        ),
        migrations.AddIndex(
            model_name='readingrequest',
            index=models.Index(condition=models.Q(('waits_since__isnull', False)), fields=['waits_since', 'id', 'response'], name='reading_requests_waiting'),
        ),
        migrations.AddConstraint(
            model_name='readingrequest',
            constraint=models.UniqueConstraint(fields=('response', 'language'), name='one_reading_request_a_language'),
        ),
        migrations.AddIndex(
            model_name='recusal',
            index=models.Index(fields=['-recused_on', 'id'], name='recusals_newest'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('user', 'response'), name='one_recusal_a_user_a_response'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('status', 'accepted'), models.Q(('sharing', 'organizers'), _negated=True)), fields=['-accepted_on', 'code'], name='published_newest_first'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('status', 'accepted'), models.Q(('sharing', 'organizers'), _negated=True)), fields=['language', '-accepted_on', 'code'], name='published_in_a_language'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('status', 'accepted'), models.Q(('sharing', 'organizers'), _negated=True)), fields=['conversation', '-accepted_on', 'code'], name='published_in_a_conversation'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['submitted_on', 'id'], name='oldest_first'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['status', 'submitted_on', 'id'], name='oldest_of_a_status'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['language', 'status', 'submitted_on', 'id'], name='oldest_in_a_language'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['sharing', 'status', 'submitted_on', 'id'], name='oldest_of_a_sharing'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['conversation', 'status', 'submitted_on', 'id'], name='oldest_in_a_conversation'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['affiliate', 'status', 'submitted_on', 'id'], name='oldest_of_an_affiliate'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['region', 'status', 'submitted_on', 'id'], name='oldest_from_a_region'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['gathering', 'status', 'submitted_on', 'id'], name='oldest_at_a_gathering'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['is_sample', 'status', 'submitted_on', 'id'], name='oldest_of_the_samples'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['status', 'id'], name='responses_of_a_status'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('sharing__in', ['named', 'affiliate', 'unnamed', 'organizers'])), name='response_sharing_is_known'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sharing', 'named'), _negated=True), models.Q(('display_name', ''), _negated=True), _connector='OR'), name='response_shared_by_name_has_one'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sharing', 'affiliate'), _negated=True), ('affiliate__isnull', False), models.Q(('affiliate_name', ''), _negated=True), _connector='OR'), name='response_shared_by_group_has_one'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('affiliate__isnull', True), ('affiliate_name', ''), _connector='OR'), name='response_has_one_affiliate_at_most'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1), ('people__lte', 100000)), name='response_people_from_1_to_100000'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('may_be_translated', False), ('sharing', 'organizers'), _connector='OR'), name='response_may_be_translated_if_for_organizers'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('content_kinds__in', ['', 'violence', 'abuse', 'self-harm', 'insults', 'violence abuse', 'violence self-harm', 'violence insults', 'abuse self-harm', 'abuse insults', 'self-harm insults', 'violence abuse self-harm', 'violence abuse insults', 'violence self-harm insults', 'abuse self-harm insults', 'violence abuse self-harm insults'])), name='response_content_kinds_are_known'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('added_kinds__in', ['', 'violence', 'abuse', 'self-harm', 'insults', 'violence abuse', 'violence self-harm', 'violence insults', 'abuse self-harm', 'abuse insults', 'self-harm insults', 'violence abuse self-harm', 'violence abuse insults', 'violence self-harm insults', 'abuse self-harm insults', 'violence abuse self-harm insults'])), name='response_added_kinds_are_known'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['submitted', 'asked', 'accepted', 'declined', 'withdrawn'])), name='response_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_on__isnull', False), ('status', 'accepted')), models.Q(models.Q(('status', 'accepted'), _negated=True), ('accepted_on__isnull', True)), _connector='OR'), name='response_accepted_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'declined'), _negated=True), models.Q(('decline_reason', ''), _negated=True), ('declined_for__isnull', False), _connector='OR'), name='response_declined_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'withdrawn'), models.Q(('language', ''), _negated=True), _connector='OR'), name='response_has_a_language'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('language', 'und'), models.Q(('language_name', ''), _negated=True)), models.Q(models.Q(('language', 'und'), _negated=True), ('language_name', '')), _connector='OR'), name='response_names_its_language_if_unlisted'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'withdrawn'), models.Q(('agreed_on__isnull', False), ('submitted_on__isnull', False), models.Q(('terms_version', ''), _negated=True)), _connector='OR'), name='response_is_sent_under_terms'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_on__isnull', False), _connector='OR'), name='response_withdrawn_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='invitee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('affiliate__isnull', False), ('language', ''), ('region__isnull', True)), models.Q(('affiliate__isnull', True), ('language', ''), ('region__isnull', False)), models.Q(('affiliate__isnull', True), ('region__isnull', True), models.Q(('language', ''), _negated=True)), _connector='OR'), name='invitee_is_one_affiliate_region_or_language', violation_error_message='Choose one of the three: an affiliate, a region, or a language.'),
        ),
        migrations.AddConstraint(
            model_name='invitee',
            constraint=models.CheckConstraint(condition=models.Q(('reminded_on__isnull', True), ('reminded_on__gt', models.F('invited_on')), _connector='OR'), name='invitee_is_reminded_later', violation_error_message='A reminder comes after the day of the invitation.'),
        ),
        migrations.AddConstraint(
            model_name='invitee',
            constraint=models.UniqueConstraint(fields=('conversation', 'affiliate'), name='one_invitation_an_affiliate', violation_error_message='This affiliate was invited to this conversation already.'),
        ),
        migrations.AddConstraint(
            model_name='invitee',
            constraint=models.UniqueConstraint(fields=('conversation', 'region'), name='one_invitation_a_region', violation_error_message='This region was invited to this conversation already.'),
        ),
        migrations.AddConstraint(
            model_name='invitee',
            constraint=models.UniqueConstraint(condition=models.Q(('language', ''), _negated=True), fields=('conversation', 'language'), name='one_invitation_a_language', violation_error_message='This language was invited to this conversation already.'),
        ),
        migrations.AddConstraint(
            model_name='affiliate',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('name'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='affiliate_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.UniqueConstraint(fields=('answer', 'language'), name='one_reservation_an_answer_a_language'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('conversation', 'folded'), name='one_subscription_a_conversation_and_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='termwording',
            constraint=models.UniqueConstraint(fields=('term', 'language'), name='one_wording_of_a_term_a_language'),
        ),
        migrations.AddConstraint(
            model_name='termwording',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('wording'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='term_wording_is_not_blank'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(fields=['-created_at', '-id'], name='translations_newest'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(fields=['status', '-created_at', '-id'], name='translations_by_status'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(fields=['origin', '-created_at', '-id'], name='translations_by_origin'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(condition=models.Q(('to_review_since__isnull', False)), fields=['to_review_since', 'id', 'answer', 'translator'], name='translations_to_review'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(condition=models.Q(('to_replace_since__isnull', False)), fields=['to_replace_since', 'id', 'answer'], name='translations_to_replace'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(('public_on__isnull', True), ('objected_on__isnull', True), _connector='OR'), name='translation_objected_to_is_not_public'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('text'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='translation_is_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['suggested', 'reviewed', 'replaced'])), name='translation_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'human'), models.Q(('origin__in', ['machine', 'author']), ('translator__isnull', True)), _connector='OR'), name='translation_by_machine_credits_nobody'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer', models.F('translator')), _negated=True), name='translation_reviewed_by_someone_else'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('status', 'suggested')), models.Q(models.Q(('status', 'suggested'), _negated=True), ('reviewed_at__isnull', False)), _connector='OR'), name='translation_reviewed_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'reviewed')), fields=('answer', 'language'), name='one_reviewed_translation_a_language'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'suggested')), fields=('answer', 'language', 'translator'), name='one_suggestion_a_translator'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(condition=models.Q(('objected_on__isnull', True), ('origin', 'machine'), ('status', 'suggested')), fields=('answer', 'language'), name='one_machine_draft_a_language'),
        ),
        migrations.AddConstraint(
            model_name='searchtext',
            constraint=models.UniqueConstraint(condition=models.Q(('translation', None)), fields=('answer',), name='one_search_text_an_answer'),
        ),
        migrations.AddIndex(
            model_name='translatorrequest',
            index=models.Index(fields=['asked_on', 'id'], name='translator_requests_oldest'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['accepted', 'declined', 'asked'])), name='verdict_is_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('content_kinds__in', ['', 'violence', 'abuse', 'self-harm', 'insults', 'violence abuse', 'violence self-harm', 'violence insults', 'abuse self-harm', 'abuse insults', 'self-harm insults', 'violence abuse self-harm', 'violence abuse insults', 'violence self-harm insults', 'abuse self-harm insults', 'violence abuse self-harm insults'])), name='version_content_kinds_are_known'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('added_kinds__in', ['', 'violence', 'abuse', 'self-harm', 'insults', 'violence abuse', 'violence self-harm', 'violence insults', 'abuse self-harm', 'abuse insults', 'self-harm insults', 'violence abuse self-harm', 'violence abuse insults', 'violence self-harm insults', 'abuse self-harm insults', 'violence abuse self-harm insults'])), name='version_added_kinds_are_known'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('response', 'number'), name='versions_are_numbered'),
        ),
    ]
