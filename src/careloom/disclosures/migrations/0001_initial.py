"""Requests, what was given, findings on emergency looks and questions for more, each with its row security.

No grant opens a table of disclosures: that somebody asked a program, or was given something by it, says that she is its patient (42 CFR 2.13(c)).
"""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System

AGENCY, PRINCIPAL = "(SELECT access_agency())", "(SELECT access_principal())"
# Who looks beyond a caseload (a privacy officer, a supervisor): what others report to the agency is theirs to read.
WHOLE = "(SELECT access_whole_agency())"
HERS = (
    sql.HERS.format(t="disclosures_given")
    # An oversight agency or the police asked in writing that her accounting waits (45 CFR 164.528(a)(2)).
    + " AND (waits_until IS NULL OR waits_until < ((SELECT access_now()) AT TIME ZONE 'UTC')::date)"
)
# The receiver reads what was released where it may read its own question: the row of `disclosures_asked` is tested by its own policies.
RECEIVED = f"to_agency_id = {AGENCY} AND EXISTS (SELECT 1 FROM disclosures_asked a WHERE a.given_id = disclosures_given.id)"
TOLD = f"opener_id = {AGENCY} AND {WHOLE} AND outcome = 'NOT_JUSTIFIED'"
JOB = f"{PRINCIPAL} = '{System.JOB.value}'::uuid"
ROW_SECURITY = [
    rls.family("disclosures_asked"),
    rls.parties("disclosures_asked"),
    rls.family("disclosures_request"),
    rls.parties("disclosures_request"),
    rls.family("disclosures_given"),
    rls.policy("disclosures_given", name="hers", command="SELECT", using=HERS),
    rls.policy("disclosures_given", name="received", command="SELECT", using=RECEIVED),
    rls.parties("disclosures_given", also=f"({HERS}) OR ({RECEIVED})"),
    rls.written_once("disclosures_given"),
    rls.family("disclosures_breach"),
    rls.parties("disclosures_breach"),
    rls.family("disclosures_finding"),
    rls.policy("disclosures_finding", name="told", command="SELECT", using=TOLD),
    rls.parties("disclosures_finding", also=TOLD),
    rls.written_once("disclosures_finding"),
    rls.family("disclosures_more_asked"),
    rls.system("disclosures_more_asked", System.JOB, "SELECT", "UPDATE"),
    rls.parties("disclosures_more_asked", also=JOB),
    rls.family("disclosures_more_reached"),
    rls.parties("disclosures_more_reached"),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name='AskedRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('asked_agency_id', models.UUIDField()),
                ('worker_id', models.UUIDField()),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('purpose', models.CharField(max_length=40)),
                ('why', models.CharField(max_length=600)),
                ('asked_at', models.DateTimeField()),
                ('answer_by', models.DateField()),
                ('given_id', models.UUIDField(null=True)),
                ('given_at', models.DateTimeField(null=True)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'disclosures_asked',
                'indexes': [models.Index(fields=['identity_id', '-asked_at'], name='disclosures_asked_identity'), models.Index(fields=['holder_id', '-asked_at'], name='disclosures_asked_holder'), models.Index(fields=['given_id'], name='disclosures_asked_given')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='disclosures_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('given_id', models.UUIDField()),
                ('found_on', models.DateField()),
                ('tell_by', models.DateField()),
                ('outcome', models.CharField(blank=True, max_length=16)),
                ('told_on', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=600)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'disclosures_breach',
                'indexes': [models.Index(fields=['identity_id'], name='disclosures_breach_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'given_id'), name='disclosures_breach_once')],
            },
        ),
        migrations.CreateModel(
            name='EmergencyFinding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('opening_id', models.UUIDField()),
                ('opener_id', models.UUIDField()),
                ('worker_id', models.UUIDField()),
                ('facility', models.CharField(max_length=160)),
                ('nature', models.CharField(max_length=600)),
                ('opened_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=16)),
                ('note', models.CharField(blank=True, max_length=600)),
                ('found_at', models.DateTimeField()),
                ('found_by', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'disclosures_finding',
                'indexes': [models.Index(fields=['identity_id'], name='disclosures_finding_identity'), models.Index(fields=['opener_id', '-found_at'], name='disclosures_finding_opener')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'opening_id'), name='disclosures_finding_once')],
            },
        ),
        migrations.CreateModel(
            name='Given',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('to_agency_id', models.UUIDField(null=True)),
                ('to_kind', models.CharField(max_length=32)),
                ('to_name', models.CharField(max_length=160)),
                ('to_address', models.CharField(blank=True, max_length=200)),
                ('how', models.CharField(max_length=12)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('purpose', models.CharField(max_length=40)),
                ('what', models.CharField(max_length=600)),
                ('papers', models.CharField(blank=True, max_length=400)),
                ('permitted', models.BooleanField()),
                ('basis', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('obligations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('instrument_id', models.UUIDField(null=True)),
                ('review_needed', models.BooleanField(default=False)),
                ('given_at', models.DateTimeField()),
                ('noted_at', models.DateTimeField()),
                ('worker_id', models.UUIDField(null=True)),
                ('about_request_id', models.UUIDField(null=True)),
                ('waits_until', models.DateField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'disclosures_given',
                'indexes': [models.Index(fields=['identity_id', '-given_at'], name='disclosures_given_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='disclosures_given_once')],
            },
        ),
        migrations.CreateModel(
            name='MoreAsked',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('worker_id', models.UUIDField()),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ('why', models.CharField(max_length=400)),
                ('asked_at', models.DateTimeField()),
                ('passed_on_at', models.DateTimeField(null=True)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'disclosures_more_asked',
                'indexes': [models.Index(fields=['identity_id'], name='disclosures_more_asked_of'), models.Index(condition=models.Q(('passed_on_at', None)), fields=['asked_at'], name='disclosures_more_asked_wait')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='disclosures_more_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='MoreReached',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('more_id', models.UUIDField()),
                ('asker_id', models.UUIDField(null=True)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ('why', models.CharField(blank=True, max_length=400)),
                ('reached_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'disclosures_more_reached',
                'indexes': [models.Index(fields=['identity_id'], name='disclosures_more_reached_of')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'more_id'), name='disclosures_more_reached_once')],
            },
        ),
        migrations.CreateModel(
            name='RecordRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('asker_agency_id', models.UUIDField(null=True)),
                ('asked_id', models.UUIDField(null=True)),
                ('asker_kind', models.CharField(max_length=32)),
                ('asker_name', models.CharField(max_length=160)),
                ('asker_contact', models.CharField(blank=True, max_length=200)),
                ('about_name', models.CharField(max_length=200)),
                ('about_born_on', models.DateField(null=True)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('purpose', models.CharField(max_length=40)),
                ('why', models.CharField(max_length=600)),
                ('came_by', models.CharField(max_length=12)),
                ('papers', models.CharField(blank=True, max_length=400)),
                ('received_at', models.DateTimeField()),
                ('answer_by', models.DateField()),
                ('state', models.CharField(default='REQUESTED', max_length=10)),
                ('facts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('ways', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90), default=list, size=None)),
                ('from_on', models.DateField(null=True)),
                ('to_on', models.DateField(null=True)),
                ('identity_checked', models.CharField(blank=True, max_length=200)),
                ('authority_checked', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField(null=True)),
                ('checked_by', models.UUIDField(null=True)),
                ('denied_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('note', models.CharField(blank=True, max_length=600)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.UUIDField(null=True)),
                ('given_id', models.UUIDField(null=True)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'disclosures_request',
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['holder_id', 'answer_by', 'received_at'], name='disclosures_request_open'), models.Index(fields=['holder_id', '-received_at'], name='disclosures_request_holder'), models.Index(fields=['identity_id'], name='disclosures_request_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='disclosures_request_once')],
            },
        ),
        *ROW_SECURITY,
    ]
