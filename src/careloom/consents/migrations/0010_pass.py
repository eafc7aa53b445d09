"""How far a pass over the grants of everybody has come; the role that makes grants alone reads and writes it."""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls
from careloom.infra.access.scope import System


class Migration(migrations.Migration):
    dependencies = [("consents", "0009_papers_about")]
    operations = [
        migrations.CreateModel(
            name="GrantsPass",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("rules", models.CharField(max_length=64)),
                ("began_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("through", models.UUIDField(null=True)),
                ("people", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "consents_pass",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["finished_at"], condition=models.Q(finished_at=None), nulls_distinct=False, name="consents_pass_one"
                    )
                ],
            },
        ),
        rls.guarded("consents_pass"),
        rls.system("consents_pass", System.GRANTS, "SELECT", "INSERT", "UPDATE"),
    ]
