"""What the first days of an infant showed gets a table of its own, apart from the birth."""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):
    dependencies = [("health", "0002_row_security"), ("access", "0008_minimum_by_role")]
    operations = [
        migrations.CreateModel(
            name="NewbornSigns",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder_id", models.UUIDField(editable=False)),
                ("identity_id", models.UUIDField(editable=False)),
                ("category", models.CharField(editable=False, max_length=40)),
                ("provenance", models.CharField(default="originating", editable=False, max_length=40)),
                ("source_system", models.CharField(default="careloom", max_length=120)),
                ("source_type", models.CharField(default="careloom", max_length=40)),
                ("source_id", models.CharField(max_length=160)),
                ("recorded_at", models.DateTimeField()),
                ("mother_identity_id", models.UUIDField()),
                ("withdrawal", models.CharField(default="NONE", max_length=12)),
                ("withdrawal_method", models.CharField(blank=True, max_length=24)),
                ("fasd_signs", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "health_newborn_signs",
                "indexes": [
                    models.Index(fields=["identity_id"], name="health_signs_identity"),
                    models.Index(fields=["mother_identity_id"], name="health_signs_mother"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("holder_id", "source_system", "source_type", "source_id"), name="health_newborn_signs_once")
                ],
            },
        ),
        rls.family("health_newborn_signs"),
    ]
