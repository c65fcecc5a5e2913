import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
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
        ('responses', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailed_on', models.DateField(blank=True, null=True, verbose_name='mail sent on')),
                ('said', models.CharField(blank=True, choices=[('yes', 'Yes, that is what I mean'), ('part', 'In part'), ('no', 'No')], max_length=4, verbose_name='answer')),
                ('own_words', models.TextField(blank=True, verbose_name='own words')),
                ('may_be_public', models.BooleanField(default=False, verbose_name='own words may be shown')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('is_shown', models.BooleanField(default=False, verbose_name='own words are shown')),
                ('has_left', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'author who is asked back',
                'verbose_name_plural': 'authors who are asked back',
            },
        ),
        migrations.CreateModel(
            name='Asking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='asked on')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                ('closes_on', models.DateField(help_text='A day ends when it has ended everywhere on earth: at noon (UTC) of the next day.', verbose_name='last day')),
                ('words', models.JSONField(editable=False, verbose_name='what was asked')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='asked')),
                ('left', models.PositiveIntegerField(default=0, editable=False)),
                ('leaves_out', models.BooleanField(default=False, editable=False)),
                ('is_of_gone', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'asking back',
                'verbose_name_plural': 'asking back',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.TextField(help_text="In the portal's own words.", verbose_name='text')),
                ('text_en', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_ar', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_es', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_fa', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_fr', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_hi', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_ind', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_pt_br', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_ru', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_sv', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_sw', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('text_zh_hans', models.TextField(help_text="In the portal's own words.", null=True, verbose_name='text')),
                ('quotation', models.TextField(blank=True, help_text="The conference's own words, in English, where we have them.", verbose_name='quotation')),
            ],
            options={
                'verbose_name': 'clause',
                'verbose_name_plural': 'clauses',
                'ordering': ['statement', 'position'],
            },
        ),
        migrations.CreateModel(
            name='CodedValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(choices=[('supports', 'Supports'), ('qualifies', 'Qualifies'), ('contradicts', 'Contradicts'), ('mixed', 'more than one')], max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of_text', models.CharField(editable=False, max_length=64)),
                ('read_in', models.CharField(blank=True, max_length=20, verbose_name='coded from')),
                ('finished_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'coding',
                'verbose_name_plural': 'codings',
            },
        ),
        migrations.CreateModel(
            name='CodingPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.PositiveSmallIntegerField(default=0, help_text='They are drawn when the first coder begins with an answer. Until the two agree, no reader sees the marks. So it needs at least two coders. Another number concerns only answers that nobody has begun with: what is in the sample stays in it.', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='percent of the answers that two coders mark')),
            ],
            options={
                'verbose_name': 'shared sample',
                'verbose_name_plural': 'shared sample',
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim_revision', models.PositiveIntegerField(default=1, verbose_name='revision of the problem or solution')),
                ('start', models.PositiveIntegerField(verbose_name='start')),
                ('end', models.PositiveIntegerField(verbose_name='end')),
                ('quote', models.TextField(verbose_name='passage')),
                ('before', models.CharField(blank=True, max_length=60, verbose_name='before it')),
                ('after', models.CharField(blank=True, max_length=60, verbose_name='after it')),
                ('stance', models.CharField(choices=[('supports', 'Agrees / would help'), ('qualifies', 'Agrees in part / would help in part'), ('contradicts', 'Disagrees / would not help')], max_length=12, verbose_name='stance')),
                ('note', models.TextField(blank=True, verbose_name='note for other coders')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='marked at')),
                ('is_example', models.BooleanField(default=False, verbose_name='an example in the codebook')),
                ('lost_on', models.DateField(editable=False, null=True)),
                ('is_settled', models.BooleanField(default=True, editable=False)),
                ('is_of_older_words', models.BooleanField(default=False, editable=False)),
                ('reworded_on', models.DateField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['-created_at', '-pk'],
                'permissions': [('moderate_evidence', "Can take back somebody else's mark")],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(max_length=50, verbose_name='file')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='translations into')),
                ('size', models.PositiveBigIntegerField(verbose_name='bytes')),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='taken at')),
            ],
            options={
                'verbose_name': 'export',
                'verbose_name_plural': 'exports',
                'ordering': ['-taken_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(verbose_name='slug')),
            ],
            options={
                'verbose_name': 'former slug',
                'verbose_name_plural': 'former slugs',
            },
        ),
        migrations.CreateModel(
            name='JointDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(blank=True, choices=[('supports', 'Supports'), ('qualifies', 'Qualifies'), ('contradicts', 'Contradicts'), ('mixed', 'more than one')], max_length=12)),
                ('note', models.TextField(blank=True, verbose_name='why')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'joint decision',
                'verbose_name_plural': 'joint decisions',
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_id', models.BigIntegerField(editable=False)),
                ('slug', models.SlugField(verbose_name='slug')),
                ('revision', models.PositiveIntegerField(verbose_name='revision')),
                ('words', models.JSONField(verbose_name='words')),
                ('earlier', models.JSONField(default=list)),
                ('merged_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='merged at')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
                'ordering': ['-merged_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quote', models.TextField(verbose_name='passage')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('objected_on', models.DateField(verbose_name='the author objected on')),
                ('objection', models.TextField(blank=True, verbose_name='what the author objects to')),
            ],
            options={
                'verbose_name': 'objection',
                'verbose_name_plural': 'objections',
                'ordering': ['objected_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('of_text', models.CharField(max_length=64)),
                ('in_text', models.CharField(max_length=64)),
                ('confirmed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'place of a mark in another wording',
                'verbose_name_plural': 'places of marks in other wordings',
            },
        ),
        migrations.CreateModel(
            name='Problem',
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
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_ar', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_es', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_fa', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_fr', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_hi', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_ind', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_pt_br', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_ru', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_sv', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_sw', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_zh_hans', models.TextField(blank=True, null=True, verbose_name='description')),
                ('use_when', models.TextField(blank=True, help_text='For coders: which passages belong here.', verbose_name='use when')),
                ('use_when_en', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_ar', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_es', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_fa', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_fr', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_hi', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_ind', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_pt_br', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_ru', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_sv', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_sw', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_zh_hans', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('not_when', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', verbose_name='do not use when')),
                ('not_when_en', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_ar', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_es', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_fa', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_fr', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_hi', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_ind', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_pt_br', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_ru', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_sv', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_sw', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_zh_hans', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('revision', models.PositiveIntegerField(default=1, help_text='Counts the changes of its English words since somebody could code with it: since it was published, signed off, or had its first mark. Evidence keeps the revision it was marked under.', verbose_name='revision')),
                ('read_revision', models.PositiveIntegerField(default=0, editable=False)),
                ('source', models.CharField(choices=[('statement', 'Named in the conference statement'), ('implied', 'Reconstructed: follows from the conference statement'), ('cafe', "Reconstructed: a prompt of the conference's strategy café"), ('way-forward', 'Reconstructed: a topic of the session “The Way Forward”'), ('skill-sharing', 'Reconstructed: notes of a skill-sharing session'), ('talk-page', 'Reconstructed: a reply on the talk page of the conversation'), ('organizers', 'Added by the organizers')], default='organizers', max_length=20, verbose_name='source')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('proposed_at', models.DateTimeField(editable=False, help_text='A coder has proposed it with a passage. Word it and give it a slug, then publish it.', null=True, verbose_name='proposed at')),
                ('published_at', models.DateTimeField(blank=True, help_text='Empty: only organizers see it.', null=True, verbose_name='published at')),
            ],
            options={
                'verbose_name': 'problem',
                'verbose_name_plural': 'problems',
                'ordering': ['position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Quotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_on', models.DateField(blank=True, editable=False, null=True, verbose_name='public on')),
                ('objected_on', models.DateField(blank=True, editable=False, null=True, verbose_name='the author objected on')),
                ('objection', models.TextField(blank=True, editable=False, verbose_name='what the author objects to')),
                ('quoted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='quoted at')),
            ],
            options={
                'verbose_name': 'quotation',
                'verbose_name_plural': 'quotations',
                'ordering': ['clause__position', 'quoted_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('words', models.JSONField(verbose_name='words')),
                ('was_public', models.BooleanField(default=True, editable=False)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='SharedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawn_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='drawn at')),
                ('first_finished_at', models.DateTimeField(editable=False, null=True)),
                ('both_finished_at', models.DateTimeField(editable=False, null=True, verbose_name='both were done at')),
                ('agreed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='agreed at')),
            ],
            options={
                'verbose_name': 'answer of the shared sample',
                'verbose_name_plural': 'answers of the shared sample',
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(verbose_name='revision')),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='signed off at')),
            ],
            options={
                'verbose_name': 'sign-off',
                'verbose_name_plural': 'sign-offs',
                'ordering': ['-revision'],
            },
        ),
        migrations.CreateModel(
            name='Solution',
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
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_ar', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_es', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_fa', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_fr', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_hi', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_ind', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_pt_br', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_ru', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_sv', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_sw', models.TextField(blank=True, null=True, verbose_name='description')),
                ('description_zh_hans', models.TextField(blank=True, null=True, verbose_name='description')),
                ('use_when', models.TextField(blank=True, help_text='For coders: which passages belong here.', verbose_name='use when')),
                ('use_when_en', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_ar', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_es', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_fa', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_fr', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_hi', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_ind', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_pt_br', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_ru', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_sv', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_sw', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('use_when_zh_hans', models.TextField(blank=True, help_text='For coders: which passages belong here.', null=True, verbose_name='use when')),
                ('not_when', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', verbose_name='do not use when')),
                ('not_when_en', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_ar', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_es', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_fa', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_fr', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_hi', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_ind', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_pt_br', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_ru', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_sv', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_sw', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('not_when_zh_hans', models.TextField(blank=True, help_text='For coders: which passages do not, and where they go.', null=True, verbose_name='do not use when')),
                ('revision', models.PositiveIntegerField(default=1, help_text='Counts the changes of its English words since somebody could code with it: since it was published, signed off, or had its first mark. Evidence keeps the revision it was marked under.', verbose_name='revision')),
                ('read_revision', models.PositiveIntegerField(default=0, editable=False)),
                ('source', models.CharField(choices=[('statement', 'Named in the conference statement'), ('implied', 'Reconstructed: follows from the conference statement'), ('cafe', "Reconstructed: a prompt of the conference's strategy café"), ('way-forward', 'Reconstructed: a topic of the session “The Way Forward”'), ('skill-sharing', 'Reconstructed: notes of a skill-sharing session'), ('talk-page', 'Reconstructed: a reply on the talk page of the conversation'), ('organizers', 'Added by the organizers')], default='organizers', max_length=20, verbose_name='source')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('proposed_at', models.DateTimeField(editable=False, help_text='A coder has proposed it with a passage. Word it and give it a slug, then publish it.', null=True, verbose_name='proposed at')),
                ('published_at', models.DateTimeField(blank=True, help_text='Empty: only organizers see it.', null=True, verbose_name='published at')),
                ('progress', models.CharField(choices=[('proposed', 'Proposed'), ('started', 'Started'), ('done', 'Done')], default='proposed', max_length=10, verbose_name='progress')),
                ('is_next_step', models.BooleanField(default=False, verbose_name='a most critical next step')),
            ],
            options={
                'verbose_name': 'solution',
                'verbose_name_plural': 'solutions',
                'ordering': ['position', 'slug'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.SlugField(unique=True, verbose_name='version')),
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
                ('announced_on', models.DateField(blank=True, help_text='Empty: the day on which it is published.', null=True, verbose_name='announced on')),
                ('adopted_on', models.DateField(blank=True, help_text='Only if it is known.', null=True, verbose_name='adopted on')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('source_url', models.URLField(blank=True, verbose_name='source')),
                ('licence', models.CharField(blank=True, max_length=50, verbose_name='licence')),
                ('note', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', verbose_name='what changed')),
                ('note_en', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_ar', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_es', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_fa', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_fr', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_hi', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_ind', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_pt_br', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_ru', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_sv', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_sw', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
                ('note_zh_hans', models.TextField(blank=True, help_text='For readers: what is different from the version that it was made from, and why.', null=True, verbose_name='what changed')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('name', models.CharField(max_length=190, verbose_name='name')),
                ('name_en', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_ar', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_fa', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_hi', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_ind', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_pt_br', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_ru', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_sv', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_sw', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=190, null=True, verbose_name='name')),
                ('source', models.CharField(choices=[('statement', 'Named in the conference statement'), ('implied', 'Reconstructed: follows from the conference statement'), ('cafe', "Reconstructed: a prompt of the conference's strategy café"), ('way-forward', 'Reconstructed: a topic of the session “The Way Forward”'), ('skill-sharing', 'Reconstructed: notes of a skill-sharing session'), ('talk-page', 'Reconstructed: a reply on the talk page of the conversation'), ('organizers', 'Added by the organizers')], max_length=20, verbose_name='source')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['position', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='AnswerToCode',
            fields=[
            ],
            options={
                'verbose_name': 'answer to code',
                'verbose_name_plural': 'answers to code',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('responses.answer',),
        ),
        migrations.AddField(
            model_name='asked',
            name='response',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='responses.response', verbose_name='response'),
        ),
        migrations.AddField(
            model_name='asking',
            name='asked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='asked',
            name='asking',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='outcomes.asking', verbose_name='asking back'),
        ),
        migrations.AddField(
            model_name='clause',
            name='earlier',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='outcomes.clause'),
        ),
        migrations.AddField(
            model_name='asking',
            name='clause',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='askings', to='outcomes.clause', verbose_name='clause'),
        ),
        migrations.AddField(
            model_name='coding',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='responses.answer', verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='coding',
            name='coder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='codings', to=settings.AUTH_USER_MODEL, verbose_name='coder'),
        ),
        migrations.AddField(
            model_name='codedvalue',
            name='coding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='outcomes.coding'),
        ),
        migrations.AddConstraint(
            model_name='codingplan',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_coding_plan'),
        ),
        migrations.AddConstraint(
            model_name='codingplan',
            constraint=models.CheckConstraint(condition=models.Q(('share__lte', 100)), name='coding_plan_share_is_a_percentage'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='responses.answer', verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='coder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='evidence', to=settings.AUTH_USER_MODEL, verbose_name='coder'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='translation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='evidence', to='responses.translation', verbose_name='marked in the translation'),
        ),
        migrations.AddField(
            model_name='export',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by'),
        ),
        migrations.AddField(
            model_name='jointdecision',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by'),
        ),
        migrations.AddField(
            model_name='objection',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='responses.answer', verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='place',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='place',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='outcomes.evidence'),
        ),
        migrations.AddField(
            model_name='place',
            name='translation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='places_of_marks', to='responses.translation'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['statement', 'implied', 'cafe', 'way-forward', 'skill-sharing', 'talk-page', 'organizers'])), name='problem_source_is_known'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='problem_revision_from_1'),
        ),
        migrations.AddField(
            model_name='merge',
            name='problem',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='jointdecision',
            name='problem',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='formerslug',
            name='problem',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='problem',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='codedvalue',
            name='problem',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='clause',
            name='problems',
            field=models.ManyToManyField(blank=True, related_name='clauses', to='outcomes.problem', verbose_name='problems'),
        ),
        migrations.AddField(
            model_name='asking',
            name='problem',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='askings', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='quotation',
            name='clause',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotations', to='outcomes.clause', verbose_name='clause'),
        ),
        migrations.AddField(
            model_name='quotation',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotations', to='outcomes.evidence', verbose_name='passage'),
        ),
        migrations.AddField(
            model_name='quotation',
            name='quoted_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='quotations', to=settings.AUTH_USER_MODEL, verbose_name='quoted by'),
        ),
        migrations.AddField(
            model_name='revision',
            name='problem',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='revision',
            name='replaced_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='sharedanswer',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed by'),
        ),
        migrations.AddField(
            model_name='sharedanswer',
            name='answer',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='shared', to='responses.answer', verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='sharedanswer',
            name='first_coder',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharedanswer',
            name='second_coder',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointdecision',
            name='shared',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='outcomes.sharedanswer'),
        ),
        migrations.AddField(
            model_name='signoff',
            name='problem',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddField(
            model_name='signoff',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed off by'),
        ),
        migrations.AddField(
            model_name='solution',
            name='problems',
            field=models.ManyToManyField(blank=True, related_name='solutions', to='outcomes.problem', verbose_name='problems'),
        ),
        migrations.AddField(
            model_name='signoff',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='revision',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='merge',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='jointdecision',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='formerslug',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='solution',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='codedvalue',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='asking',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='askings', to='outcomes.solution', verbose_name='solution'),
        ),
        migrations.AddField(
            model_name='statement',
            name='made_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_into', to='outcomes.statement', verbose_name='made from'),
        ),
        migrations.AddField(
            model_name='statement',
            name='problems_behind',
            field=models.ManyToManyField(blank=True, related_name='statements_behind', to='outcomes.problem', verbose_name='problems that led to it'),
        ),
        migrations.AddField(
            model_name='statement',
            name='responses_behind',
            field=models.ManyToManyField(blank=True, related_name='statements_behind', to='responses.response', verbose_name='responses that led to it'),
        ),
        migrations.AddField(
            model_name='statement',
            name='solutions_behind',
            field=models.ManyToManyField(blank=True, related_name='statements_behind', to='outcomes.solution', verbose_name='solutions that led to it'),
        ),
        migrations.AddField(
            model_name='clause',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='outcomes.statement', verbose_name='statement'),
        ),
        migrations.AddField(
            model_name='asking',
            name='statement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='askings', to='outcomes.statement', verbose_name='statement'),
        ),
        migrations.AddField(
            model_name='topic',
            name='problem',
            field=models.ForeignKey(blank=True, help_text='The problem that this topic has become, once it is worded. Readers see the topic no more then.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='topics', to='outcomes.problem', verbose_name='problem'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.UniqueConstraint(fields=('asking', 'response'), name='asked_once_in_an_asking'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.CheckConstraint(condition=models.Q(('said__in', ['', 'yes', 'part', 'no'])), name='asked_said_is_known'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('may_be_public', False), ('own_words', ''), ('said', '')), models.Q(models.Q(('said', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='asked_answered_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.CheckConstraint(condition=models.Q(('is_shown', False), ('may_be_public', True), _connector='OR'), name='asked_shown_as_allowed'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.UniqueConstraint(fields=('answer', 'coder'), name='one_coding_an_answer_a_coder'),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(fields=['-taken_at', '-id'], name='exports_newest'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(django.db.models.functions.text.Trim('quote')), 0), name='objection_has_words'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='place_ends_after_its_start'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('evidence', 'translation'), name='one_place_a_mark_a_translation'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(condition=models.Q(('translation__isnull', True)), fields=('evidence',), name='one_place_a_mark_in_the_original'),
        ),
        migrations.AddIndex(
            model_name='quotation',
            index=models.Index(fields=['-quoted_at', '-id'], name='quotations_newest'),
        ),
        migrations.AddIndex(
            model_name='quotation',
            index=models.Index(condition=models.Q(('objected_on__isnull', False)), fields=['objected_on', 'id', 'evidence'], name='quotations_objected_to'),
        ),
        migrations.AddConstraint(
            model_name='quotation',
            constraint=models.CheckConstraint(condition=models.Q(('public_on__isnull', True), ('objected_on__isnull', True), _connector='OR'), name='quotation_objected_to_is_not_public'),
        ),
        migrations.AddConstraint(
            model_name='quotation',
            constraint=models.UniqueConstraint(fields=('clause', 'evidence'), name='a_passage_once_in_a_clause'),
        ),
        migrations.AddIndex(
            model_name='sharedanswer',
            index=models.Index(condition=models.Q(('agreed_at__isnull', True)), fields=['answer'], name='answers_not_agreed_on'),
        ),
        migrations.AddIndex(
            model_name='sharedanswer',
            index=models.Index(condition=models.Q(('agreed_at__isnull', True), ('both_finished_at__isnull', True), ('first_finished_at__isnull', False)), fields=['answer'], name='answers_half_read_by_answer'),
        ),
        migrations.AddIndex(
            model_name='sharedanswer',
            index=models.Index(condition=models.Q(('agreed_at__isnull', True), ('both_finished_at__isnull', True), ('first_finished_at__isnull', False)), fields=['first_finished_at', 'id', 'answer', 'first_coder'], name='answers_half_read'),
        ),
        migrations.AddIndex(
            model_name='sharedanswer',
            index=models.Index(condition=models.Q(('agreed_at__isnull', True), ('both_finished_at__isnull', False)), fields=['both_finished_at', 'id', 'answer', 'first_coder', 'second_coder', 'agreed_at'], name='answers_to_agree_on'),
        ),
        migrations.AddIndex(
            model_name='sharedanswer',
            index=models.Index(condition=models.Q(('agreed_at__isnull', False)), fields=['-agreed_at', '-id', 'answer', 'both_finished_at'], name='answers_agreed_on'),
        ),
        migrations.AddConstraint(
            model_name='sharedanswer',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_at__isnull', True), ('both_finished_at__isnull', False), _connector='OR'), name='agreed_after_both_were_done'),
        ),
        migrations.AddConstraint(
            model_name='solution',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['statement', 'implied', 'cafe', 'way-forward', 'skill-sharing', 'talk-page', 'organizers'])), name='solution_source_is_known'),
        ),
        migrations.AddConstraint(
            model_name='solution',
            constraint=models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='solution_revision_from_1'),
        ),
        migrations.AddConstraint(
            model_name='solution',
            constraint=models.CheckConstraint(condition=models.Q(('progress__in', ['proposed', 'started', 'done'])), name='solution_progress_is_known'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.CheckConstraint(condition=models.Q(('problem__isnull', True), ('solution__isnull', True), _connector='XOR'), name='signoff_of_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.UniqueConstraint(fields=('problem', 'revision'), name='one_sign_off_a_revision_of_a_problem'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.UniqueConstraint(fields=('solution', 'revision'), name='one_sign_off_a_revision_of_a_solution'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('problem__isnull', True), ('solution__isnull', True), _connector='XOR'), name='revision_of_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('problem', 'number'), name='one_revision_of_a_problem_a_number'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('solution', 'number'), name='one_revision_of_a_solution_a_number'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('problem__isnull', True), ('solution__isnull', True), _connector='XOR'), name='merge_of_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('problem__isnull', False)), fields=('old_id',), name='a_problem_is_merged_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('solution__isnull', False)), fields=('old_id',), name='a_solution_is_merged_once'),
        ),
        migrations.AddConstraint(
            model_name='jointdecision',
            constraint=models.CheckConstraint(condition=models.Q(('problem__isnull', True), ('solution__isnull', True), _connector='XOR'), name='jointdecision_of_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='jointdecision',
            constraint=models.UniqueConstraint(fields=('shared', 'problem'), name='one_joint_decision_a_problem'),
        ),
        migrations.AddConstraint(
            model_name='jointdecision',
            constraint=models.UniqueConstraint(fields=('shared', 'solution'), name='one_joint_decision_a_solution'),
        ),
        migrations.AddConstraint(
            model_name='formerslug',
            constraint=models.CheckConstraint(condition=models.Q(('problem__isnull', True), ('solution__isnull', True), _connector='XOR'), name='formerslug_of_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='formerslug',
            constraint=models.UniqueConstraint(condition=models.Q(('problem__isnull', False)), fields=('slug',), name='former_slug_of_one_problem'),
        ),
        migrations.AddConstraint(
            model_name='formerslug',
            constraint=models.UniqueConstraint(condition=models.Q(('solution__isnull', False)), fields=('slug',), name='former_slug_of_one_solution'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['problem', '-created_at', '-id', 'is_settled', 'coder', 'answer'], name='evidence_of_problem_newest'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['solution', '-created_at', '-id', 'is_settled', 'coder', 'answer'], name='evidence_of_solution_newest'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('is_settled', True)), fields=['problem'], name='settled_marks_of_a_problem'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('is_settled', True)), fields=['solution'], name='settled_marks_of_a_solution'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['-created_at', '-id'], name='evidence_newest'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['stance', '-created_at', '-id'], name='evidence_of_a_stance_newest'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('is_example', True)), fields=['id'], name='examples_in_the_codebook'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('is_of_older_words', True)), fields=['-created_at', '-id', 'is_settled', 'coder', 'answer'], name='evidence_older'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('lost_on__isnull', False)), fields=['lost_on', 'id', 'answer', 'is_settled', 'coder'], name='marks_edited_away'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('lost_on__isnull', False)), fields=['coder', 'lost_on', 'id', 'answer', 'is_settled'], name='marks_of_a_coder_edited_away'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('reworded_on__isnull', False)), fields=['reworded_on', 'id', 'answer', 'is_settled', 'lost_on', 'coder'], name='marks_reworded'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('reworded_on__isnull', False)), fields=['coder', 'reworded_on', 'id', 'answer', 'is_settled', 'lost_on'], name='marks_of_a_coder_reworded'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('problem__isnull', True), ('solution__isnull', True), _connector='XOR'), name='evidence_of_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='evidence_ends_after_its_start'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('quote'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0), name='evidence_quotes_words'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['supports', 'qualifies', 'contradicts'])), name='evidence_stance_is_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('reworded_on__isnull', True), ('is_of_older_words', True), _connector='OR'), name='only_marks_of_older_words_wait'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('translation__isnull', True)), fields=('problem', 'answer', 'start', 'end', 'before', 'after', 'coder'), name='one_mark_a_coder_for_a_problem_in_the_original'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('translation__isnull', True)), fields=('solution', 'answer', 'start', 'end', 'before', 'after', 'coder'), name='one_mark_a_coder_for_a_solution_in_the_original'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('translation__isnull', False)), fields=('problem', 'answer', 'translation', 'start', 'end', 'before', 'after', 'coder'), name='one_mark_a_coder_for_a_problem_in_a_translation'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('translation__isnull', False)), fields=('solution', 'answer', 'translation', 'start', 'end', 'before', 'after', 'coder'), name='one_mark_a_coder_for_a_solution_in_a_translation'),
        ),
        migrations.AddConstraint(
            model_name='codedvalue',
            constraint=models.CheckConstraint(condition=models.Q(('problem__isnull', True), ('solution__isnull', True), _connector='XOR'), name='codedvalue_of_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='codedvalue',
            constraint=models.UniqueConstraint(fields=('coding', 'problem'), name='one_value_a_coding_a_problem'),
        ),
        migrations.AddConstraint(
            model_name='codedvalue',
            constraint=models.UniqueConstraint(fields=('coding', 'solution'), name='one_value_a_coding_a_solution'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('made_from', models.F('pk')), _negated=True), name='statement_is_not_made_from_itself'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at__isnull', False)), fields=('made_from',), name='one_published_version_made_from_each'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('title_en__isnull', False), django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('title_en'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0)), _connector='OR'), name='published_statement_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('made_from__isnull', True), models.Q(('note_en__isnull', False), django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.Func(models.F('note_en'), models.Value(INVISIBLE), function='TRIM', output_field=models.TextField())), 0)), _connector='OR'), name='published_statement_says_what_changed'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('announced_on__isnull', False), _connector='OR'), name='published_statement_was_announced'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('statement', 'position'), name='one_clause_a_number'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='clause_numbers_begin_at_1'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('statement', 'earlier'), name='one_later_clause_a_version'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('earlier', models.F('pk')), _negated=True), name='clause_is_not_made_from_itself'),
        ),
        migrations.AddConstraint(
            model_name='asking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('clause__isnull', True), ('problem__isnull', False), ('solution__isnull', True), ('statement__isnull', True)), models.Q(('clause__isnull', True), ('problem__isnull', True), ('solution__isnull', False), ('statement__isnull', True)), models.Q(('clause__isnull', False), ('problem__isnull', True), ('solution__isnull', True), ('statement__isnull', True)), models.Q(('clause__isnull', True), ('problem__isnull', True), ('solution__isnull', True), ('statement__isnull', False)), _connector='OR'), name='asking_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='asking',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', django.db.models.expressions.CombinedExpression(models.F('asked_on'), '+', models.Value(datetime.timedelta(days=14))))), name='asking_gives_two_weeks_at_least'),
        ),
        migrations.AddConstraint(
            model_name='asking',
            constraint=models.CheckConstraint(condition=models.Q(('left__lte', models.F('number'))), name='asking_is_left_by_those_who_were_asked'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['statement', 'implied', 'cafe', 'way-forward', 'skill-sharing', 'talk-page', 'organizers'])), name='topic_source_is_known'),
        ),
    ]
