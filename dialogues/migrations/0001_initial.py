
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lib.dates


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('attachments', '0002_erase_and_keep'),
        ('municipalities', '0001_initial'),
        ('partnerships', '0001_initial'),
        ('situation', '0007_approve_and_keep_parts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dialogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('citizen', 'Medborgardialog'), ('walk', 'Trygghetsvandring'), ('staff_what', 'Medarbetardialog: vilka problem finns?'), ('staff_how', 'Medarbetardialog: hur ska vi arbeta?')], max_length=12, verbose_name='typ')),
                ('method', models.CharField(choices=[('safety_survey', 'Trygghetsundersökning'), ('drug_survey', 'Drogvaneundersökning'), ('school_survey', 'Skolundersökning'), ('housing_survey', 'Boendeundersökning'), ('web_survey', 'Webbenkät'), ('walk', 'Trygghetsvandring'), ('interview', 'Intervju'), ('in_depth', 'Djupintervju'), ('focus_group', 'Fokusgrupp'), ('counsel', 'Rådslag'), ('square', 'Torgmöte eller polisbuss'), ('speed_dating', 'Speed dating'), ('digital', 'Digital dialog'), ('youth', 'Barn- och ungdomsdialog'), ('e_service', 'E-tjänst för otrygga platser'), ('staff_meeting', 'Samtal på arbetsplatsen'), ('other', 'Annan metod')], max_length=16, verbose_name='metod')),
                ('other_method', models.CharField(blank=True, max_length=120, verbose_name='vilken annan metod')),
                ('title', models.CharField(max_length=200, verbose_name='rubrik')),
                ('purpose', models.TextField(help_text='Vad ni vill veta, och vad svaren ska användas till.', verbose_name='syfte')),
                ('other_organiser', models.CharField(blank=True, max_length=150, verbose_name='annan arrangör')),
                ('place', models.CharField(max_length=200, verbose_name='område och plats')),
                ('starts', models.DateField(verbose_name='från och med')),
                ('ends', models.DateField(verbose_name='till och med')),
                ('groups', models.JSONField(default=list, verbose_name='målgrupper')),
                ('participants', models.PositiveIntegerField(blank=True, null=True, verbose_name='antal deltagare eller svar')),
                ('women', models.PositiveIntegerField(blank=True, null=True, verbose_name='kvinnor')),
                ('men', models.PositiveIntegerField(blank=True, null=True, verbose_name='män')),
                ('other_gender', models.PositiveIntegerField(blank=True, null=True, verbose_name='annat eller vill inte svara')),
                ('under_18', models.PositiveIntegerField(blank=True, null=True, verbose_name='under 18 år')),
                ('aged_18_to_29', models.PositiveIntegerField(blank=True, null=True, verbose_name='18–29 år')),
                ('aged_30_to_64', models.PositiveIntegerField(blank=True, null=True, verbose_name='30–64 år')),
                ('aged_65_up', models.PositiveIntegerField(blank=True, null=True, verbose_name='65 år och äldre')),
                ('response_rate', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='svarsfrekvens i procent')),
                ('not_reached', models.TextField(blank=True, help_text='Och vad det betyder för svaren.', verbose_name='vilka nåddes inte')),
                ('opens_at', models.DateTimeField(blank=True, null=True, verbose_name='frågorna öppnar')),
                ('closes_at', models.DateTimeField(blank=True, null=True, verbose_name='frågorna stänger')),
                ('feedback', models.TextField(blank=True, verbose_name='återkoppling: vad ni berättade')),
                ('feedback_how', models.CharField(blank=True, max_length=200, verbose_name='hur ni återkopplade')),
                ('feedback_on', models.DateField(blank=True, null=True, verbose_name='återkopplat den')),
                ('status', models.CharField(choices=[('planned', 'Planerad'), ('held', 'Genomförd'), ('closed', 'Avslutad'), ('cancelled', 'Inställd')], default='planned', editable=False, max_length=12, verbose_name='läge')),
                ('status_reason', models.TextField(blank=True, editable=False, verbose_name='varför')),
                ('shared_at', models.DateTimeField(editable=False, null=True, verbose_name='delad')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.cycle', verbose_name='samverkansomgång')),
                ('municipality', models.ForeignKey(help_text='Resultatet visas på kommunens sida när ni har återkopplat.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality', verbose_name='kommun')),
                ('organisers', models.ManyToManyField(related_name='+', to='partnerships.party', verbose_name='arrangörer')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership', verbose_name='samverkan')),
                ('problems', models.ManyToManyField(blank=True, help_text='De problem som dialogen handlar om.', related_name='+', to='situation.problem', verbose_name='problem')),
                ('shared_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, help_text='Den källa i lägesbilden som dialogen är.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='situation.source', verbose_name='källa i lägesbilden')),
            ],
            options={
                'verbose_name': 'dialog',
                'verbose_name_plural': 'dialoger',
                'ordering': ['partnership', '-starts', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DialogueHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('hours', models.DecimalField(decimal_places=1, max_digits=6, verbose_name='timmar')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='dialogues.dialogue', verbose_name='dialog')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party', verbose_name='part')),
            ],
            options={
                'verbose_name': 'nedlagd tid',
                'verbose_name_plural': 'nedlagd tid',
                'ordering': ['dialogue', 'party'],
            },
        ),
        migrations.CreateModel(
            name='DialogueResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('frozen', models.JSONField(verbose_name='fryst text')),
                ('checksum', models.CharField(max_length=64, verbose_name='kontrollsumma')),
                ('published_at', models.DateTimeField(default=lib.dates.now, verbose_name='publicerat')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='avpublicerat')),
                ('withdrawn_reason', models.TextField(blank=True, verbose_name='varför det avpublicerades')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='dialogues.dialogue', verbose_name='dialog')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'publicerat dialogresultat',
                'verbose_name_plural': 'publicerade dialogresultat',
                'ordering': ['dialogue', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField(verbose_name='förslaget')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='plats')),
                ('mentions', models.PositiveIntegerField(default=1, verbose_name='antal som föreslog det')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='dialogues.dialogue', verbose_name='dialog')),
            ],
            options={
                'verbose_name': 'förslag',
                'verbose_name_plural': 'förslag',
                'ordering': ['dialogue', '-mentions', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='ordning')),
                ('text', models.CharField(max_length=300, verbose_name='frågan')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='hjälp till frågan')),
                ('kind', models.CharField(choices=[('text', 'Fritt svar'), ('choice', 'Ett av flera alternativ'), ('scale', 'Skala 1–5')], default='text', max_length=8, verbose_name='slag av svar')),
                ('options', models.JSONField(blank=True, default=list, verbose_name='alternativ')),
                ('is_required', models.BooleanField(default=False, verbose_name='måste besvaras')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='dialogues.dialogue', verbose_name='dialog')),
            ],
            options={
                'verbose_name': 'fråga',
                'verbose_name_plural': 'frågor',
                'ordering': ['dialogue', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='QuickFix',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField(verbose_name='vad som åtgärdades')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='plats')),
                ('done_on', models.DateField(default=lib.dates.today, verbose_name='klart den')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fixes', to='dialogues.dialogue', verbose_name='dialog')),
            ],
            options={
                'verbose_name': 'åtgärdat direkt',
                'verbose_name_plural': 'åtgärdat direkt',
                'ordering': ['dialogue', '-done_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_on', models.DateField(default=lib.dates.today, editable=False, verbose_name='inkom den')),
                ('status', models.CharField(choices=[('waiting', 'Väntar på granskning'), ('accepted', 'Med i underlaget'), ('refused', 'Inte med'), ('erased', 'Gallrad')], default='waiting', editable=False, max_length=8, verbose_name='läge')),
                ('reason', models.TextField(blank=True, editable=False, verbose_name='motivering')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='granskat')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='dialogues.dialogue', verbose_name='dialog')),
            ],
            options={
                'verbose_name': 'svar från invånare',
                'verbose_name_plural': 'svar från invånare',
                'ordering': ['dialogue', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('value', models.PositiveSmallIntegerField(null=True, verbose_name='värde')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='dialogues.question', verbose_name='fråga')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='dialogues.reply', verbose_name='svar')),
            ],
            options={
                'verbose_name': 'svar på fråga',
                'verbose_name_plural': 'svar på frågor',
                'ordering': ['reply', 'question'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(help_text='Kort, med invånarnas ord.', max_length=150, verbose_name='tema')),
                ('text', models.TextField(blank=True, verbose_name='vad som sades')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='plats')),
                ('mentions', models.PositiveIntegerField(default=1, verbose_name='antal som nämnde det')),
                ('quote', models.TextField(blank=True, help_text='Ord som inte avslöjar vem som sa dem.', verbose_name='ett citat')),
                ('outcome', models.CharField(blank=True, choices=[('promise', 'Blev ett löfte'), ('elsewhere', 'Hanteras på annat håll'), ('not_now', 'Inte nu'), ('done', 'Redan åtgärdat')], editable=False, max_length=12, verbose_name='svar')),
                ('answer', models.TextField(blank=True, editable=False, verbose_name='svaret till dem som deltog')),
                ('handler', models.CharField(blank=True, editable=False, max_length=150, verbose_name='vem som hanterar det')),
                ('answered_on', models.DateField(editable=False, null=True, verbose_name='besvarat den')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='dialogues.dialogue', verbose_name='dialog')),
                ('problem', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='situation.problem', verbose_name='problem')),
            ],
            options={
                'verbose_name': 'tema',
                'verbose_name_plural': 'teman',
                'ordering': ['dialogue', '-mentions', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='reply',
            name='themes',
            field=models.ManyToManyField(blank=True, related_name='replies', to='dialogues.theme', verbose_name='teman'),
        ),
        migrations.CreateModel(
            name='WalkPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=lib.dates.now, editable=False, verbose_name='skapad')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('place', models.CharField(max_length=150, verbose_name='plats')),
                ('category', models.CharField(choices=[('lighting', 'Belysning'), ('vegetation', 'Vegetation'), ('sight', 'Sikt'), ('litter', 'Skräp eller klotter'), ('traffic', 'Trafik'), ('unrest', 'Social oro'), ('other', 'Annat')], max_length=12, verbose_name='kategori')),
                ('seen', models.TextField(help_text='Aldrig ansikten, namn eller registreringsskyltar.', verbose_name='vad ni såg')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='ansvarig funktion')),
                ('action', models.TextField(blank=True, verbose_name='vad som görs')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='klart den')),
                ('alt', models.CharField(blank=True, max_length=200, verbose_name='vad bilden visar')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='dialogues.dialogue', verbose_name='trygghetsvandring')),
                ('photo', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attachments.attachment', verbose_name='foto')),
            ],
            options={
                'verbose_name': 'punkt på trygghetsvandringen',
                'verbose_name_plural': 'punkter på trygghetsvandringar',
                'ordering': ['dialogue', 'number', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='dialogue_ends_after_start', violation_error_message='Slutdatum får inte ligga före startdatum.'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'other'), _negated=True), models.Q(('other_method', ''), _negated=True), _connector='OR'), name='dialogue_other_method_named', violation_error_message='Skriv vilken metod ni använder.'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(('response_rate__isnull', True), models.Q(('response_rate__gte', 0), ('response_rate__lte', 100)), _connector='OR'), name='dialogue_response_rate_is_percent', violation_error_message='Svarsfrekvensen är ett tal mellan 0 och 100 procent.'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes_at__isnull', True), ('opens_at__isnull', True)), models.Q(('closes_at__gt', models.F('opens_at')), ('opens_at__isnull', False)), _connector='OR'), name='dialogue_opens_before_it_closes', violation_error_message='Frågorna måste stänga efter att de har öppnat.'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('feedback', ''), ('feedback_on__isnull', True)), models.Q(models.Q(('feedback', ''), _negated=True), ('feedback_on__isnull', False), models.Q(('feedback_how', ''), _negated=True)), _connector='OR'), name='dialogue_feedback_has_day_and_way', violation_error_message='Återkopplingen behöver text, dag och hur ni berättade.'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(('feedback', ''), _negated=True), _connector='OR'), name='dialogue_closed_is_reported_back'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), models.Q(('status_reason', ''), _negated=True), _connector='OR'), name='dialogue_cancelled_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shared_at__isnull', True), ('shared_by__isnull', True)), models.Q(('shared_at__isnull', False), ('shared_by__isnull', False)), _connector='OR'), name='dialogue_shared_at_has_by'),
        ),
        migrations.AddConstraint(
            model_name='dialoguehours',
            constraint=models.UniqueConstraint(fields=('dialogue', 'party'), name='dialogue_hours_once_per_party', violation_error_message='Partens tid finns redan.'),
        ),
        migrations.AddConstraint(
            model_name='dialoguehours',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 0)), name='dialogue_hours_not_negative', violation_error_message='Ange timmar som ett tal från 0 och uppåt.'),
        ),
        migrations.AddConstraint(
            model_name='dialogueresult',
            constraint=models.UniqueConstraint(fields=('dialogue', 'version'), name='dialogue_result_version_once'),
        ),
        migrations.AddConstraint(
            model_name='dialogueresult',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='dialogue_result_withdrawn_has_who_and_why'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('reply', 'question'), name='answer_once_per_question'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'promise']), models.Q(('answer', ''), _negated=True), _connector='OR'), name='theme_answer_has_words', violation_error_message='Skriv svaret till dem som deltog.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'elsewhere'), _negated=True), models.Q(('handler', ''), _negated=True), _connector='OR'), name='theme_elsewhere_names_who', violation_error_message='Skriv vem som hanterar frågan.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='theme_answer_has_day'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['dialogue', 'status'], name='dialogues_r_dialogu_347620_idx'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status', 'waiting')), models.Q(models.Q(('status', 'waiting'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='reply_decision_has_who_when_why'),
        ),
        migrations.AddConstraint(
            model_name='walkpoint',
            constraint=models.UniqueConstraint(fields=('dialogue', 'number'), name='walk_point_number_once'),
        ),
        migrations.AddConstraint(
            model_name='walkpoint',
            constraint=models.CheckConstraint(condition=models.Q(('photo__isnull', True), models.Q(('alt', ''), _negated=True), _connector='OR'), name='walk_point_photo_has_alt', violation_error_message='Beskriv vad bilden visar, för den som inte ser den.'),
        ),
    ]
