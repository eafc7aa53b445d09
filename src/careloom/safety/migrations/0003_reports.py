"""A report of maltreatment, a row for each child of it, with every version. No grant opens it: its holder alone reads it, within the caseload."""

import django.contrib.postgres.fields
import django.db.models.manager
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0002_what_was_written_by_mistake'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportOnChild',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_because', models.CharField(blank=True, max_length=300)),
                ('child_id', models.UUIDField()),
                ('number', models.CharField(max_length=40)),
                ('received_id', models.UUIDField(null=True)),
                ('received_on', models.DateField()),
                ('received_time', models.TimeField(null=True)),
                ('source', models.CharField(max_length=16)),
                ('incident_on', models.DateField(null=True)),
                ('screened', models.CharField(blank=True, max_length=3)),
                ('screened_on', models.DateField(null=True)),
                ('response', models.CharField(blank=True, max_length=13)),
                ('started_on', models.DateField(null=True)),
                ('started_time', models.TimeField(null=True)),
                ('disposition', models.CharField(blank=True, max_length=24)),
                ('disposed_on', models.DateField(null=True)),
                ('maltreatments', models.JSONField(default=list)),
                ('child_factors', models.JSONField(default=dict)),
                ('caretaker_factors', models.JSONField(default=dict)),
                ('prior_victim', models.CharField(blank=True, max_length=7)),
                ('services_given', models.CharField(blank=True, max_length=7)),
                ('services_on', models.DateField(null=True)),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('safe_care_plan', models.CharField(blank=True, max_length=7)),
                ('safe_care_referral', models.CharField(blank=True, max_length=7)),
                ('died', models.CharField(blank=True, max_length=7)),
                ('died_on', models.DateField(null=True)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('corrects_id', models.UUIDField(null=True)),
                ('correction_reason', models.CharField(blank=True, max_length=300)),
                ('replaced_by_id', models.UUIDField(null=True)),
                ('from_file', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('worker_id', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=120)),
            ],
            options={
                'db_table': 'safety_report',
                'indexes': [models.Index(fields=['identity_id', '-received_on'], name='safety_report_identity'), models.Index(fields=['disposed_on', 'id'], name='safety_report_disposed_on'), models.Index(fields=['received_on'], name='safety_report_received_on')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='safety_report_once'), models.UniqueConstraint(condition=models.Q(('replaced_by_id', None), ('taken_back_at', None)), fields=('holder_id', 'number', 'child_id'), name='safety_report_one_stands'), models.CheckConstraint(condition=models.Q(models.Q(('disposed_on', None), ('disposition', '')), models.Q(models.Q(('disposition', ''), _negated=True), ('disposed_on__isnull', False)), _connector='OR'), name='safety_report_disposed')],
            },
            managers=[
                ('every', django.db.models.manager.Manager()),
            ],
        ),
        rls.family("safety_report"),
        rls.parties("safety_report"),
    ]
