"""What systems sent in, by hashes: each is taken once."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):
    dependencies = [
        ("fhir", "0003_hook"),
    ]

    operations = [
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("object_id", models.UUIDField(null=True)),
                ("taken_at", models.DateTimeField()),
                ("client", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="fhir.systemclient")),
            ],
            options={
                "db_table": "fhir_taken",
                "constraints": [models.UniqueConstraint(fields=("client", "key"), name="fhir_taken_once")],
            },
        ),
        rls.open_to_app("fhir_taken", "SELECT", "INSERT", "UPDATE"),
    ]
