"""Aims with their looks and priorities, what agencies want, proposed indicators, costs, purposes and schedules. None of it holds a family."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnership', '0003_training_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('question', models.CharField(max_length=300)),
                ('counted', models.CharField(max_length=400)),
                ('among', models.CharField(max_length=400)),
                ('source', models.CharField(max_length=200)),
                ('whom', models.CharField(max_length=16)),
                ('kind', models.CharField(max_length=8)),
                ('goal', models.CharField(max_length=8)),
                ('instead_of', models.CharField(blank=True, max_length=40)),
                ('why', models.CharField(max_length=1000)),
                ('proposed_by', models.CharField(max_length=120)),
                ('state', models.CharField(default='PROPOSED', max_length=16)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'aims_proposal',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Aim',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('outcome', models.CharField(max_length=160)),
                ('success', models.CharField(max_length=400)),
                ('indicator', models.CharField(blank=True, max_length=40)),
                ('candidates', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('goal', models.CharField(max_length=8)),
                ('baseline', models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ('baseline_period', models.CharField(blank=True, max_length=60)),
                ('baseline_source', models.CharField(blank=True, max_length=200)),
                ('target', models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ('target_by', models.DateField(null=True)),
                ('owner_name', models.CharField(max_length=120)),
                ('agreed_on', models.DateField()),
                ('review_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='aims.proposal')),
            ],
            options={
                'db_table': 'aims_aim',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=12)),
                ('program', models.CharField(max_length=120)),
                ('indicators', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('words', models.CharField(max_length=300)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'aims_purpose',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Quality',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('facet', models.CharField(max_length=16)),
                ('judged', models.CharField(max_length=8)),
                ('evidence', models.CharField(max_length=1000)),
                ('judged_by', models.CharField(max_length=120)),
                ('on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='qualities', to='aims.proposal')),
            ],
            options={
                'db_table': 'aims_quality',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('result', models.CharField(max_length=16)),
                ('becomes', models.CharField(blank=True, max_length=8)),
                ('why', models.CharField(max_length=1000)),
                ('verdict', models.CharField(max_length=16)),
                ('decided_on', models.DateField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='aims.proposal')),
            ],
            options={
                'db_table': 'aims_ruling',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('to_whom', models.CharField(max_length=120)),
                ('indicators', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('every', models.CharField(max_length=8)),
                ('first', models.DateField()),
                ('days', models.PositiveSmallIntegerField()),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'aims_schedule',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('period_on', models.DateField()),
                ('on', models.DateField()),
                ('how', models.CharField(max_length=160)),
                ('snapshot_id', models.UUIDField(null=True)),
                ('source', models.CharField(max_length=200)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent', to='aims.schedule')),
            ],
            options={
                'db_table': 'aims_sent',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitCost',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=16)),
                ('value', models.PositiveIntegerField()),
                ('low', models.PositiveIntegerField()),
                ('high', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('status', models.CharField(max_length=1)),
                ('source', models.CharField(max_length=400)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'aims_unit_cost',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='YearPriority',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('year', models.PositiveSmallIntegerField()),
                ('why', models.CharField(max_length=400)),
                ('aim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='aims.aim')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'aims_year_priority',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Calculation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('helped', models.CharField(max_length=200)),
                ('against', models.CharField(max_length=300)),
                ('families', models.PositiveIntegerField()),
                ('compared', models.PositiveIntegerField()),
                ('lines', models.JSONField()),
                ('costs', models.JSONField()),
                ('paid', models.PositiveBigIntegerField(null=True)),
                ('paid_source', models.CharField(blank=True, max_length=200)),
                ('on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'aims_calculation',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_calculation_once')],
            },
        ),
        migrations.CreateModel(
            name='Desire',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('words', models.CharField(max_length=300)),
                ('measured_by', models.CharField(blank=True, max_length=200)),
                ('aims', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'aims_desire',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_desire_once')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ('period', models.CharField(blank=True, max_length=60)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('seen', models.CharField(max_length=1000)),
                ('follows', models.CharField(blank=True, max_length=500)),
                ('next_on', models.DateField()),
                ('aim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='aims.aim')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'aims_look',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_look_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_proposal_once'),
        ),
        migrations.AddIndex(
            model_name='aim',
            index=models.Index(fields=['indicator'], name='aims_aim_indicator'),
        ),
        migrations.AddConstraint(
            model_name='aim',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_aim_once'),
        ),
        migrations.AddConstraint(
            model_name='purpose',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_purpose_once'),
        ),
        migrations.AddConstraint(
            model_name='purpose',
            constraint=models.UniqueConstraint(fields=('collaborative', 'code'), name='aims_purpose_each'),
        ),
        migrations.AddConstraint(
            model_name='quality',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_quality_once'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_ruling_once'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_schedule_once'),
        ),
        migrations.AddConstraint(
            model_name='sent',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='unitcost',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_unitcost_once'),
        ),
        migrations.AddConstraint(
            model_name='unitcost',
            constraint=models.UniqueConstraint(fields=('collaborative', 'code'), name='aims_unit_cost_each'),
        ),
        migrations.AddConstraint(
            model_name='yearpriority',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='aims_yearpriority_once'),
        ),
        migrations.AddConstraint(
            model_name='yearpriority',
            constraint=models.UniqueConstraint(fields=('aim', 'year'), name='aims_year_priority_each'),
        ),
        # Looks, judgements, rulings and what was sent are added to; what changes is the rest. Nothing is taken away.
        *(rls.open_to_app(f"aims_{name}", "SELECT", "INSERT") for name in ("look", "quality", "ruling", "sent")),
        *(
            rls.open_to_app(f"aims_{name}", "SELECT", "INSERT", "UPDATE")
            for name in ("aim", "year_priority", "desire", "proposal", "unit_cost", "calculation", "purpose", "schedule")
        ),
    ]
