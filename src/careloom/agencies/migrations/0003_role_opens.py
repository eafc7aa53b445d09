"""Which kinds of record a role opens is decided in each agency, within what its role and the law allow."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_outward_name_and_practice")]

    operations = [
        migrations.AddField(model_name="agency", name="opens", field=models.JSONField(default=dict)),
        migrations.CreateModel(
            name="RoleOpening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField()),
                ("before", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("categories", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("request_key", models.CharField(max_length=64)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("worker", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.worker")),
            ],
            options={
                "db_table": "agencies_role_opening",
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "role", "version"), name="agencies_role_opening_version"),
                    models.UniqueConstraint(fields=("agency", "request_key"), name="agencies_role_opening_once"),
                ],
            },
        ),
    ]
