"""Spreadsheets that bring families in, and what their columns mean."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls
from careloom.infra.access.scope import System

HERS = "agency_id = (SELECT access_agency()) AND asked_by = (SELECT access_worker())"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_shared_limits'),
        ('exchange', '0002_sources'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField(editable=False)),
                ('sealed', models.BinaryField(null=True)),
                ('digest', models.CharField(max_length=64)),
                ('spec', models.JSONField()),
                ('state', models.CharField(default='MAPPING', max_length=8)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('good', models.PositiveIntegerField(default=0)),
                ('place', models.PositiveIntegerField(default=0)),
                ('made', models.PositiveIntegerField(default=0)),
                ('same', models.PositiveIntegerField(default=0)),
                ('wrong', models.JSONField(default=list)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField()),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'exchange_sheet',
                'indexes': [models.Index(fields=['asked_by', '-asked_at'], name='exchange_sheet_hers')],
                'constraints': [models.UniqueConstraint(fields=('agency_id', 'request_key'), name='exchange_sheet_once')],
            },
        ),
        migrations.CreateModel(
            name='SheetMapping',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('spec', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField()),
                ('changed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'db_table': 'exchange_sheet_mapping',
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='exchange_sheet_mapping_name')],
            },
        ),
        rls.open_to_app("exchange_sheet_mapping", "SELECT", "INSERT", "UPDATE"),
        rls.guarded("exchange_sheet"),
        rls.policy("exchange_sheet", name="read", command="SELECT", using=HERS),
        rls.policy("exchange_sheet", name="take", command="INSERT", check=HERS),
        rls.policy("exchange_sheet", name="change", command="UPDATE", using=HERS, check=HERS),
        rls.system("exchange_sheet", System.JOB, "SELECT", "UPDATE"),
    ]
