"""Audit rows are numbered by the database, and the logs are sealed in a chain of hashes (decision 0005)."""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_row_security"), ("access", "0007_log_entries")]

    operations = [
        migrations.RunSQL(sql.numbered("audit_row"), sql.not_numbered("audit_row")),
        rls.system("audit_row", System.SEAL, "SELECT"),
        migrations.CreateModel(
            name="Expunged",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("principal_id", models.UUIDField()),
                ("log", models.CharField(max_length=30)),
                ("log_entry", models.BigIntegerField()),
                ("leaf", models.BinaryField()),
                ("because", models.CharField(max_length=80)),
                ("mac", models.BinaryField()),
            ],
            options={
                "db_table": "audit_expunged",
                "constraints": [models.UniqueConstraint(fields=("log", "log_entry"), name="audit_expunged_once")],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("form", models.SmallIntegerField()),
                ("log", models.CharField(max_length=30)),
                ("after", models.BigIntegerField()),
                ("through", models.BigIntegerField()),
                ("entries", models.BinaryField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("salt", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("previous", models.BinaryField()),
                ("body", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("mac", models.BinaryField()),
            ],
            options={
                "db_table": "audit_seal",
                "indexes": [
                    models.Index(fields=["log", "-through"], name="audit_seal_through"),
                    models.Index(fields=["log", "last_at"], name="audit_seal_period"),
                ],
            },
        ),
        migrations.RunSQL(sql.numbered("audit_expunged"), sql.not_numbered("audit_expunged")),
        rls.guarded("audit_expunged"),
        rls.system("audit_expunged", System.SEAL, "SELECT"),
        rls.guarded("audit_seal"),
        rls.system("audit_seal", System.SEAL, "SELECT", "INSERT"),
    ]
