"""Groups of the installation's one provider and the roles they give, by agency."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):
    dependencies = [("sso", "0001_providers")]

    operations = [
        migrations.CreateModel(
            name="SharedGroup",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("group", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=30)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency")),
            ],
            options={"db_table": "sso_shared_group"},
        ),
        migrations.AddConstraint(
            model_name="sharedgroup",
            constraint=models.UniqueConstraint(fields=("agency", "group", "role"), name="sso_shared_group_once"),
        ),
        rls.open_to_app("sso_shared_group", "SELECT", "INSERT", "DELETE"),
    ]
