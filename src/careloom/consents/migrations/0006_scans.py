"""Scans of papers signed by hand, with row security: who took the paper, within the caseload, and the person herself. The scan shows that she
released a program's record, so a grant on her plan opens it to nobody else (42 CFR 2.13(c))."""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System

PARTIES = f"""
CREATE POLICY consents_scan_parties ON consents_scan AS RESTRICTIVE FOR SELECT USING (
  (holder_id = (SELECT access_agency()) AND {sql.CASELOAD.format(t='consents_scan')})
  OR (SELECT access_purpose()) = 'patient_access'
  OR (SELECT access_principal()) = '{System.GRANTS.value}'::uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("consents", "0005_papers_in_force"), ("access", "0002_row_security")]
    operations = [
        migrations.CreateModel(
            name="PaperScan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder_id", models.UUIDField(editable=False)),
                ("identity_id", models.UUIDField(editable=False)),
                ("category", models.CharField(editable=False, max_length=40)),
                ("provenance", models.CharField(default="originating", editable=False, max_length=40)),
                ("about_id", models.UUIDField()),
                ("about_kind", models.CharField(max_length=12)),
                ("media_type", models.CharField(max_length=20)),
                ("size", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("kept_at", models.DateTimeField()),
                ("kept_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "consents_scan",
                "indexes": [
                    models.Index(fields=["about_id"], name="consents_scan_about"),
                    models.Index(fields=["identity_id"], name="consents_scan_identity"),
                ],
                "constraints": [models.UniqueConstraint(fields=("holder_id", "about_id"), name="consents_scan_once")],
            },
        ),
        rls.family("consents_scan"),
        migrations.RunSQL(PARTIES, "DROP POLICY consents_scan_parties ON consents_scan;"),
    ]
