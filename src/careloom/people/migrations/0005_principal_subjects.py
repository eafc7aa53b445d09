"""Whose door opens on some identities is found by an index."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0004_search_asks_for_caseload")]
    operations = [
        migrations.AddIndex(
            model_name="personprincipal",
            index=django.contrib.postgres.indexes.GinIndex(fields=["subject_ids"], name="people_principal_subjects"),
        ),
    ]
