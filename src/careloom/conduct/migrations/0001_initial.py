"""What an agency asks of its workers first, and who has done it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("agencies", "0004_firsts")]

    operations = [
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("CODE", "CODE"), ("TRAINING", "TRAINING")], max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("words", models.TextField()),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("request_key", models.CharField(max_length=64)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.worker")),
            ],
            options={
                "db_table": "conduct_demand",
                "constraints": [models.UniqueConstraint(fields=("agency", "request_key"), name="conduct_demand_once")],
            },
        ),
        migrations.CreateModel(
            name="Met",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("done_on", models.DateField()),
                ("until", models.DateField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("demand", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="met", to="conduct.demand")),
                ("membership", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership")),
                ("noted_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.worker")),
            ],
            options={
                "db_table": "conduct_met",
                "constraints": [models.UniqueConstraint(fields=("demand", "membership", "done_on"), name="conduct_met_once")],
            },
        ),
    ]
