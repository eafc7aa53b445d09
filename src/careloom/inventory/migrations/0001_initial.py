"""Offers, standards and their checks, changes that answer gaps, money, what lasts, and the rule for data. None of it holds a family."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('version', models.PositiveSmallIntegerField()),
                ('words', models.TextField()),
                ('never', models.TextField()),
                ('adopted_on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'inventory_data_rule',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DataYes',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('said_by', models.CharField(max_length=120)),
                ('on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='inventory.datarule')),
            ],
            options={
                'db_table': 'inventory_data_yes',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('payer', models.CharField(max_length=20)),
                ('pays_for', models.CharField(max_length=200)),
                ('dollars', models.PositiveIntegerField(null=True)),
                ('until', models.DateField(null=True)),
                ('after', models.CharField(choices=[('NOT_NEEDED', 'NOT_NEEDED'), ('NOTHING', 'NOTHING'), ('LOOKING', 'LOOKING'), ('APPLIED', 'APPLIED'), ('SECURED', 'SECURED')], max_length=12)),
                ('after_words', models.CharField(blank=True, max_length=300)),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'inventory_fund',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Hesitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('LOOKS_BAD', 'LOOKS_BAD'), ('USED_AGAINST', 'USED_AGAINST'), ('LAW', 'LAW'), ('TECHNOLOGY', 'TECHNOLOGY')], max_length=12)),
                ('words', models.CharField(max_length=400)),
                ('eased_on', models.DateField(null=True)),
                ('eased_by', models.CharField(blank=True, max_length=400)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'inventory_hesitation',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Keep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('RELATIONSHIPS', 'RELATIONSHIPS'), ('RESOURCES', 'RESOURCES'), ('RESULTS', 'RESULTS')], max_length=16)),
                ('stay', models.CharField(choices=[('UNDECIDED', 'UNDECIDED'), ('KEEP', 'KEEP'), ('ALTER', 'ALTER'), ('LET_GO', 'LET_GO')], max_length=12)),
                ('why', models.CharField(blank=True, max_length=400)),
                ('keeper', models.CharField(blank=True, max_length=120)),
                ('written_at', models.CharField(blank=True, max_length=200)),
                ('look_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'inventory_keep',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=160)),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('keeper', models.CharField(max_length=120)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'inventory_lesson',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('points', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('populations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('places', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('payers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('most', models.PositiveIntegerField(null=True)),
                ('room', models.PositiveIntegerField(null=True)),
                ('said_on', models.DateField()),
                ('notes', models.CharField(blank=True, max_length=300)),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'inventory_offer',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Promising',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=24)),
                ('here', models.CharField(choices=[('YES', 'YES'), ('PARTLY', 'PARTLY'), ('NO', 'NO')], max_length=8)),
                ('evidence', models.CharField(blank=True, max_length=400)),
                ('since', models.DateField(null=True)),
                ('looked_on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'inventory_promising',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('month', models.DateField()),
                ('kinds', models.PositiveSmallIntegerField()),
                ('services', models.PositiveSmallIntegerField()),
                ('families', models.PositiveIntegerField(null=True)),
                ('few', models.BooleanField(default=False)),
                ('eligible', models.PositiveIntegerField(null=True)),
                ('source', models.CharField(max_length=200)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'inventory_reach',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Standard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('system', models.CharField(max_length=24)),
                ('name', models.CharField(max_length=160)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('how', models.CharField(blank=True, max_length=300)),
                ('every_months', models.PositiveSmallIntegerField(default=12)),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'inventory_standard',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('on', models.DateField()),
                ('found', models.CharField(choices=[('MET', 'MET'), ('PARTLY', 'PARTLY'), ('NOT_MET', 'NOT_MET')], max_length=8)),
                ('evidence', models.CharField(max_length=400)),
                ('checked_by', models.CharField(max_length=120)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
                ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='inventory.standard')),
            ],
            options={
                'db_table': 'inventory_check',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Strategy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('need', models.CharField(max_length=40)),
                ('place', models.CharField(blank=True, max_length=40)),
                ('way', models.CharField(choices=[('ACCESS', 'ACCESS'), ('EXPAND', 'EXPAND'), ('DEVELOP', 'DEVELOP'), ('COORDINATE', 'COORDINATE')], max_length=12)),
                ('what', models.CharField(max_length=300)),
                ('owner', models.CharField(max_length=120)),
                ('due_on', models.DateField()),
                ('progress', models.CharField(choices=[('PLANNED', 'PLANNED'), ('UNDER_WAY', 'UNDER_WAY'), ('IN_PLACE', 'IN_PLACE'), ('STOPPED', 'STOPPED')], default='PLANNED', max_length=12)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'inventory_strategy',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('progress', models.CharField(choices=[('PLANNED', 'PLANNED'), ('UNDER_WAY', 'UNDER_WAY'), ('IN_PLACE', 'IN_PLACE'), ('STOPPED', 'STOPPED')], max_length=12)),
                ('words', models.CharField(max_length=400)),
                ('on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='inventory.strategy')),
            ],
            options={
                'db_table': 'inventory_step',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sustain',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('relationships', models.TextField()),
                ('resources', models.TextField()),
                ('results', models.TextField()),
                ('scale_up', models.TextField(blank=True)),
                ('reach_goal', models.PositiveSmallIntegerField(null=True)),
                ('reach_by', models.DateField(null=True)),
                ('review_on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'inventory_sustain',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='datarule',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_datarule_once'),
        ),
        migrations.AddConstraint(
            model_name='datarule',
            constraint=models.UniqueConstraint(fields=('collaborative', 'version'), name='inventory_data_rule_version'),
        ),
        migrations.AddConstraint(
            model_name='datayes',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_datayes_once'),
        ),
        migrations.AddConstraint(
            model_name='datayes',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('rule', 'partner'), name='inventory_data_yes_one'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_fund_once'),
        ),
        migrations.AddConstraint(
            model_name='hesitation',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_hesitation_once'),
        ),
        migrations.AddConstraint(
            model_name='keep',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_keep_once'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_lesson_once'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_offer_once'),
        ),
        migrations.AddConstraint(
            model_name='promising',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_promising_once'),
        ),
        migrations.AddConstraint(
            model_name='promising',
            constraint=models.UniqueConstraint(fields=('collaborative', 'code'), name='inventory_promising_each'),
        ),
        migrations.AddConstraint(
            model_name='reach',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_reach_once'),
        ),
        migrations.AddConstraint(
            model_name='reach',
            constraint=models.UniqueConstraint(fields=('collaborative', 'month'), name='inventory_reach_month'),
        ),
        migrations.AddConstraint(
            model_name='reach',
            constraint=models.CheckConstraint(condition=models.Q(('families__isnull', True), ('families', 0), ('families__gte', 11), _connector='OR'), name='inventory_reach_few'),
        ),
        migrations.AddConstraint(
            model_name='standard',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_standard_once'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['standard', 'partner', 'on'], name='inventory_check_last'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_check_once'),
        ),
        migrations.AddConstraint(
            model_name='strategy',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_strategy_once'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['strategy', 'on'], name='inventory_step_of'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_step_once'),
        ),
        migrations.AddConstraint(
            model_name='sustain',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='inventory_sustain_once'),
        ),
        migrations.AddConstraint(
            model_name='sustain',
            constraint=models.UniqueConstraint(fields=('collaborative',), name='inventory_sustain_one'),
        ),
        # What is checked, stepped, learned and agreed is added to; what changes is the rest. Nothing is taken away.
        *(rls.open_to_app(f"inventory_{name}", "SELECT", "INSERT") for name in ("check", "step", "lesson", "data_rule")),
        *(
            rls.open_to_app(f"inventory_{name}", "SELECT", "INSERT", "UPDATE")
            for name in ("offer", "standard", "strategy", "fund", "keep", "promising", "sustain", "reach", "hesitation", "data_yes")
        ),
    ]
