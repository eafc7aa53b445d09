"""Systems of partners that an agency fetches consented records from, its keys there, and what was fetched."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls
from careloom.infra.access.scope import System


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_shared_limits'),
        ('exchange', '0001_ehr'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('iss', models.CharField(max_length=300)),
                ('client_id', models.CharField(max_length=200)),
                ('hosts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('discloser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'db_table': 'exchange_source',
            },
        ),
        migrations.CreateModel(
            name='Fetch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('consent_id', models.UUIDField()),
                ('state', models.CharField(default='WAITING', max_length=8)),
                ('why', models.CharField(blank=True, max_length=16)),
                ('done', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('kept_back', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('sealed', models.BinaryField(null=True)),
                ('facts', models.PositiveIntegerField(default=0)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField()),
                ('request_key', models.CharField(max_length=64)),
                ('source_id', models.UUIDField()),
            ],
            options={
                'db_table': 'exchange_fetch',
            },
        ),
        migrations.CreateModel(
            name='SourceKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('public', models.JSONField()),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('signs_from', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'db_table': 'exchange_source_key',
            },
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('agency', 'request_key'), name='exchange_source_once'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('agency', 'iss'), name='exchange_source_one_in_use'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('agency', models.F('discloser')), _negated=True), name='exchange_source_of_another'),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=models.Index(fields=['identity_id'], name='exchange_fetch_identity'),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=models.Index(condition=models.Q(('state__in', ('WAITING', 'RUNNING'))), fields=['next_at'], name='exchange_fetch_waits'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.UniqueConstraint(fields=('holder_id', 'request_key'), name='exchange_fetch_once'),
        ),
        migrations.AddIndex(
            model_name='sourcekey',
            index=models.Index(fields=['agency', '-signs_from'], name='exchange_source_key_agency'),
        ),
        rls.open_to_app("exchange_source", "SELECT", "INSERT", "UPDATE"),
        rls.open_to_app("exchange_source_key", "SELECT", "INSERT", "UPDATE"),
        rls.family("exchange_fetch"),
        rls.parties("exchange_fetch", systems=(System.MATCHING, System.JOB)),
        rls.system("exchange_fetch", System.JOB, "SELECT", "UPDATE"),
    ]
