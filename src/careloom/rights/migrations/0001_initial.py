"""Requests of patients, their steps, what stands beside a record and what her accounting leaves out, each with its row security.

No grant opens a request: that she asked a program says that she is its patient (42 CFR 2.13(c)). What stands beside a record is read with it.
"""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System

AGENCY, PRINCIPAL = "(SELECT access_agency())", "(SELECT access_principal())"
WHOLE = "(SELECT access_whole_agency())"
MATCHING = f"{PRINCIPAL} = '{System.MATCHING.value}'::uuid"
SYSTEMS = f"{PRINCIPAL} = ANY (ARRAY[{', '.join(repr(role.value) for role in System)}]::uuid[])"
# Her own requests: those that she made, and those about whom she may read (42 CFR 2.23), whoever wrote them down.
HERS = f"((SELECT access_purpose()) = 'patient_access' AND asked_by = {PRINCIPAL}) OR ({sql.HERS.format(t='rights_request')})"
HER_STEP = (
    "(SELECT access_purpose()) = 'patient_access' AND EXISTS (SELECT 1 FROM rights_request r WHERE r.id = rights_step.request_id OFFSET 0)"
)
# Asked by the policies of the logs for her alone. It runs as its owner, because she may not read that anything is held back.
HELD_BACK = """
CREATE FUNCTION rights_held_back(holder uuid, identity uuid, receiver uuid, receiver_name text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM rights_held_back h WHERE h.holder_id = holder AND h.identity_id = identity AND h.lifted_at IS NULL
     AND (h.to_agency_id = receiver OR (h.to_name <> '' AND h.to_name = lower(receiver_name)))
     AND h.ends_at > access_now()) $$;
"""


def left_out(table: str, *, receiver: str, name: str = "''") -> migrations.RunSQL:
    """What is held back is shown to its holder, its receiver and the system's own roles only (45 CFR 164.528(a)(2))."""
    parties = f"holder_id = {AGENCY} OR {receiver} = {AGENCY} OR {receiver} = {PRINCIPAL} OR {SYSTEMS}"
    return migrations.RunSQL(
        f"CREATE POLICY {table}_held_back ON {table} AS RESTRICTIVE FOR SELECT"
        f" USING ({parties} OR NOT rights_held_back(holder_id, identity_id, {receiver}, {name}));",
        f"DROP POLICY {table}_held_back ON {table};",
    )


ROW_SECURITY = [
    rls.family("rights_request"),
    rls.policy("rights_request", name="hers", command="SELECT", using=HERS),
    rls.parties("rights_request", also=HERS),
    rls.family("rights_step"),
    rls.policy("rights_step", name="hers", command="SELECT", using=HER_STEP),
    rls.parties("rights_step", also=HER_STEP),
    rls.written_once("rights_step"),
    rls.family("rights_passed_on"),
    rls.parties("rights_passed_on"),
    rls.family("rights_beside"),
    rls.written_once("rights_beside"),
    rls.family("rights_held_back"),
    migrations.RunSQL(
        f"CREATE POLICY rights_held_back_whole ON rights_held_back AS RESTRICTIVE FOR SELECT"
        f" USING ((holder_id = {AGENCY} AND {WHOLE}) OR {MATCHING});",
        "DROP POLICY rights_held_back_whole ON rights_held_back;",
    ),
    rls.function(HELD_BACK, "rights_held_back(uuid, uuid, uuid, text)"),
    left_out("access_disclosure", receiver="recipient_id"),
    left_out("access_log", receiver="agency_id"),
    left_out("disclosures_given", receiver="to_agency_id", name="to_name"),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0002_row_security"), ("disclosures", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='HeldBack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('to_agency_id', models.UUIDField(null=True)),
                ('to_name', models.CharField(blank=True, max_length=160)),
                ('said_by', models.CharField(max_length=200)),
                ('in_writing', models.BooleanField()),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('noted_by', models.UUIDField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'rights_held_back',
                'indexes': [models.Index(fields=['holder_id', 'identity_id'], name='rights_held_back_test')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='rights_held_back_once'), models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('begins_at'))), name='rights_held_back_period')],
            },
        ),
        migrations.CreateModel(
            name='PassedOn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('to_agency_id', models.UUIDField()),
                ('right', models.CharField(max_length=12)),
                ('worker_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('answer_by', models.DateField()),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'rights_passed_on',
                'indexes': [models.Index(fields=['identity_id', '-at'], name='rights_passed_on_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='rights_passed_on_once')],
            },
        ),
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('right', models.CharField(max_length=12)),
                ('about_name', models.CharField(max_length=200)),
                ('about_born_on', models.DateField(null=True)),
                ('came_by', models.CharField(max_length=8)),
                ('passed_on', models.BooleanField(default=False)),
                ('asked_by', models.UUIDField(null=True)),
                ('recorded_by', models.UUIDField(null=True)),
                ('verified', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('first_due_on', models.DateField()),
                ('put_off_because', models.CharField(blank=True, max_length=400)),
                ('put_off_at', models.DateTimeField(null=True)),
                ('words', models.CharField(blank=True, max_length=1200)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('from_on', models.DateField(null=True)),
                ('to_on', models.DateField(null=True)),
                ('wants_how', models.CharField(blank=True, max_length=8)),
                ('tell_others', models.BooleanField(default=False)),
                ('to_agency_id', models.UUIDField(null=True)),
                ('to_kind', models.CharField(blank=True, max_length=24)),
                ('paid_in_full', models.BooleanField(default=False)),
                ('use_phone', models.CharField(blank=True, max_length=20)),
                ('use_address', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(default='RECEIVED', max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.UUIDField(null=True)),
                ('answered_how', models.CharField(blank=True, max_length=8)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('answer', models.CharField(blank=True, max_length=1200)),
                ('fee_told_on', models.DateField(null=True)),
                ('disagreement', models.CharField(blank=True, max_length=1200)),
                ('rebuttal', models.CharField(blank=True, max_length=1200)),
                ('review_asked_at', models.DateTimeField(null=True)),
                ('review_upheld', models.BooleanField(null=True)),
                ('reviewer', models.CharField(blank=True, max_length=120)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('restriction_id', models.UUIDField(null=True)),
                ('end_asked_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('media_type', models.CharField(blank=True, max_length=40)),
                ('late_told_at', models.DateTimeField(null=True)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'rights_request',
                'indexes': [models.Index(condition=models.Q(('state', 'RECEIVED')), fields=['holder_id', 'due_on', 'received_at'], name='rights_request_open'), models.Index(fields=['holder_id', '-received_at'], name='rights_request_holder'), models.Index(fields=['identity_id', '-received_at'], name='rights_request_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='rights_request_once')],
            },
        ),
        migrations.CreateModel(
            name='RightsStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('request_id', models.UUIDField()),
                ('code', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('worker_id', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'rights_step',
                'indexes': [models.Index(fields=['request_id', 'at'], name='rights_step_request'), models.Index(fields=['identity_id'], name='rights_step_identity')],
            },
        ),
        migrations.CreateModel(
            name='StandsBeside',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('kind', models.CharField(max_length=12)),
                ('request_id', models.UUIDField()),
                ('text', models.CharField(max_length=1200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'rights_beside',
                'indexes': [models.Index(fields=['identity_id'], name='rights_beside_identity')],
                'constraints': [models.UniqueConstraint(fields=('request_id', 'kind', 'category', 'provenance'), name='rights_beside_once')],
            },
        ),
        *ROW_SECURITY,
    ]
