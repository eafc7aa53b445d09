"""Court orders, data clauses, restrictions and emergency openings, each with its row security."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import uuid
from django.db import migrations, models

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System

AGENCY = "(SELECT access_agency())"
ROLES = (System.GRANTS, System.MATCHING)
HERS = "(SELECT access_purpose()) = 'patient_access'"
DISCLOSER = f"{AGENCY} = ANY (discloser_ids) AND {sql.CASELOAD.format(t='consents_emergency')}"
ROW_SECURITY = [
    rls.family("consents_order"),
    rls.parties("consents_order", also=HERS, systems=ROLES),
    rls.system("consents_order", System.GRANTS, "SELECT"),
    rls.family("consents_restriction"),
    rls.parties("consents_restriction", also=HERS, systems=ROLES),
    rls.system("consents_restriction", System.GRANTS, "SELECT"),
    rls.family("consents_emergency"),
    rls.policy("consents_emergency", name="discloser", command="SELECT", using=DISCLOSER),
    rls.parties("consents_emergency", also=f"{HERS} OR ({DISCLOSER})", systems=ROLES),
    rls.system("consents_emergency", System.GRANTS, "SELECT", "UPDATE"),
    rls.guarded("consents_clause"),
    rls.policy("consents_clause", name="party", command="SELECT", using=f"{AGENCY} IN (discloser_id, recipient_id)"),
    rls.policy("consents_clause", name="add", command="INSERT", check=f"discloser_id = {AGENCY}"),
    rls.policy("consents_clause", name="change", command="UPDATE", using=f"discloser_id = {AGENCY}", check=f"discloser_id = {AGENCY}"),
    rls.system("consents_clause", System.GRANTS, "SELECT"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("consents", "0004_signed_name_and_event"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourtOrder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder_id", models.UUIDField(editable=False)),
                ("identity_id", models.UUIDField(editable=False)),
                ("category", models.CharField(editable=False, max_length=40)),
                ("provenance", models.CharField(default="originating", editable=False, max_length=40)),
                ("kind", models.CharField(max_length=32)),
                ("court", models.CharField(max_length=160)),
                ("docket", models.CharField(blank=True, max_length=60)),
                ("subject_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("recipient_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("recipient_names", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), default=list, size=None)),
                ("scope", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("purposes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("target", models.CharField(default="patient", max_length=12)),
                ("issued_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("findings", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("ground_2_63", models.CharField(blank=True, max_length=40)),
                ("document_id", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=24)),
                ("row_version", models.PositiveIntegerField(default=1)),
                ("request_key", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "consents_order",
                "indexes": [
                    models.Index(fields=["identity_id"], name="consents_order_identity"),
                    django.contrib.postgres.indexes.GinIndex(fields=["subject_ids"], name="consents_order_subjects"),
                ],
                "constraints": [models.UniqueConstraint(fields=("holder_id", "request_key"), name="consents_order_once")],
            },
        ),
        migrations.CreateModel(
            name="DataClause",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agreement_id", models.UUIDField(null=True)),
                ("kind", models.CharField(max_length=24)),
                ("title", models.CharField(max_length=160)),
                ("discloser_id", models.UUIDField()),
                ("recipient_id", models.UUIDField()),
                ("categories", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("purposes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("terms", models.JSONField(default=dict)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("review_due_on", models.DateField(null=True)),
                ("closes_when_overdue", models.BooleanField(default=False)),
                ("put_at", models.DateTimeField()),
                ("put_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=24)),
                ("row_version", models.PositiveIntegerField(default=1)),
                ("request_key", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "consents_clause",
                "indexes": [models.Index(fields=["discloser_id", "recipient_id"], name="consents_clause_pair")],
                "constraints": [models.UniqueConstraint(fields=("discloser_id", "request_key"), name="consents_clause_once")],
            },
        ),
        migrations.CreateModel(
            name="EmergencyOpening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder_id", models.UUIDField(editable=False)),
                ("identity_id", models.UUIDField(editable=False)),
                ("category", models.CharField(editable=False, max_length=40)),
                ("provenance", models.CharField(default="originating", editable=False, max_length=40)),
                ("worker_id", models.UUIDField()),
                ("facility", models.CharField(max_length=160)),
                ("nature", models.CharField(max_length=600)),
                ("why_no_consent", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("discloser_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ("request_key", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "consents_emergency",
                "indexes": [models.Index(fields=["identity_id", "-opened_at"], name="consents_emergency_identity")],
                "constraints": [
                    models.UniqueConstraint(fields=("holder_id", "request_key"), name="consents_emergency_once"),
                    models.CheckConstraint(condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="consents_emergency_period"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder_id", models.UUIDField(editable=False)),
                ("identity_id", models.UUIDField(editable=False)),
                ("category", models.CharField(editable=False, max_length=40)),
                ("provenance", models.CharField(default="originating", editable=False, max_length=40)),
                ("to_agency_id", models.UUIDField(null=True)),
                ("to_kind", models.CharField(blank=True, max_length=24)),
                ("categories", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("agreed", models.BooleanField(default=True)),
                ("paid_in_full", models.BooleanField(default=False)),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=24)),
                ("about_request_id", models.UUIDField(null=True)),
                ("request_key", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "consents_restriction",
                "indexes": [models.Index(fields=["identity_id"], name="consents_restriction_identity")],
                "constraints": [
                    models.UniqueConstraint(fields=("holder_id", "request_key"), name="consents_restriction_once"),
                    models.CheckConstraint(
                        condition=models.Q(("to_agency_id__isnull", False), models.Q(("to_kind", ""), _negated=True), _connector="OR"),
                        name="consents_restriction_to",
                    ),
                ],
            },
        ),
        *ROW_SECURITY,
    ]
