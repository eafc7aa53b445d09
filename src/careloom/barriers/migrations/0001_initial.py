"""The register of barriers. No table here holds a family: the application may use them, and takes away only what is written anew (given)."""

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
            name='Barrier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=120)),
                ('words', models.TextField(blank=True)),
                ('quote', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('CHALLENGE', 'CHALLENGE'), ('IDEA', 'IDEA'), ('OPERATIONAL', 'OPERATIONAL'), ('ENGAGEMENT', 'ENGAGEMENT')], max_length=12)),
                ('source', models.CharField(choices=[('FAMILIES', 'FAMILIES'), ('PROVIDER', 'PROVIDER'), ('MEMBER', 'MEMBER')], max_length=10)),
                ('cause', models.CharField(blank=True, max_length=16)),
                ('service', models.CharField(blank=True, max_length=40)),
                ('county', models.CharField(blank=True, max_length=80)),
                ('raised_by', models.UUIDField(null=True)),
                ('raised_on', models.DateField()),
                ('state', models.CharField(choices=[('LOGGED', 'LOGGED'), ('WORKING', 'WORKING'), ('QUEUED', 'QUEUED'), ('REFERRED', 'REFERRED'), ('DECIDED', 'DECIDED'), ('RESOLVED', 'RESOLVED'), ('TOLD', 'TOLD'), ('CLOSED', 'CLOSED'), ('DUPLICATE', 'DUPLICATE'), ('NOT_A_BARRIER', 'NOT_A_BARRIER')], default='LOGGED', max_length=14)),
                ('tier', models.CharField(choices=[('OVERSIGHT', 'OVERSIGHT'), ('CORE', 'CORE'), ('WORK_GROUP', 'WORK_GROUP'), ('LOCAL_TEAM', 'LOCAL_TEAM')], default='WORK_GROUP', max_length=12)),
                ('due_on', models.DateField(null=True)),
                ('cross_system', models.BooleanField(default=False)),
                ('decision', models.CharField(blank=True, max_length=8)),
                ('outcome_kind', models.CharField(blank=True, max_length=12)),
                ('outcome_id', models.UUIDField(null=True)),
                ('outcome_words', models.CharField(blank=True, max_length=200)),
                ('plain', models.CharField(blank=True, max_length=300)),
                ('plain_es', models.CharField(blank=True, max_length=300)),
                ('answered_on', models.DateField(null=True)),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('came_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('joined_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='barriers.barrier')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.seat')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'barriers_barrier',
            },
        ),
        migrations.CreateModel(
            name='Cycle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('number', models.PositiveSmallIntegerField()),
                ('change', models.TextField()),
                ('stakeholders', models.CharField(max_length=300)),
                ('measure', models.CharField(max_length=200)),
                ('before', models.DecimalField(decimal_places=1, max_digits=8, null=True)),
                ('aim', models.DecimalField(decimal_places=1, max_digits=8, null=True)),
                ('after', models.DecimalField(decimal_places=1, max_digits=8, null=True)),
                ('starts_on', models.DateField()),
                ('due_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('happened', models.TextField(blank=True)),
                ('learned', models.TextField(blank=True)),
                ('result', models.CharField(blank=True, max_length=8)),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cycles', to='barriers.barrier')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'barriers_cycle',
            },
        ),
        migrations.CreateModel(
            name='Given',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('county', models.CharField(blank=True, max_length=80)),
                ('cause', models.CharField(max_length=16)),
                ('service', models.CharField(max_length=40)),
                ('hers', models.BooleanField(default=False)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('barrier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='barriers.barrier')),
            ],
            options={
                'db_table': 'barriers_given',
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=120)),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('barrier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='barriers.barrier')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
            ],
            options={
                'db_table': 'barriers_posting',
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
                ('number', models.PositiveSmallIntegerField()),
                ('deed', models.CharField(max_length=8)),
                ('on', models.DateField()),
                ('tier', models.CharField(blank=True, max_length=12)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('words', models.TextField(blank=True)),
                ('decision', models.CharField(blank=True, max_length=8)),
                ('due_on', models.DateField(null=True)),
                ('days_late', models.PositiveSmallIntegerField(default=0)),
                ('families', models.PositiveIntegerField(null=True)),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='barriers.barrier')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'barriers_step',
            },
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=models.Index(fields=['collaborative', 'state', 'tier'], name='barriers_barrier_where'),
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=models.Index(fields=['collaborative', 'due_on'], name='barriers_barrier_due'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='barriers_barrier_once'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.UniqueConstraint(fields=('barrier', 'request_key'), name='barriers_cycle_once'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.UniqueConstraint(fields=('barrier', 'number'), name='barriers_cycle_number'),
        ),
        migrations.AddIndex(
            model_name='given',
            index=models.Index(fields=['county', 'service', 'cause'], name='barriers_given_groups'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['collaborative', 'on'], name='barriers_posting_on'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='barriers_posting_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('barrier', 'request_key'), name='barriers_step_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('barrier', 'number'), name='barriers_step_number'),
        ),
        *(rls.open_to_app(f"barriers_{name}", "SELECT", "INSERT", "UPDATE") for name in ("barrier", "step", "cycle", "posting")),
        rls.open_to_app("barriers_given"),
    ]
