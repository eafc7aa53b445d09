"""The name that she typed as her signature, and the day on which an event was last found not to have happened (42 CFR 2.31(a)(7), (a)(8)).

The default stands in the database alone: an older release goes on writing rows, and a model that knew it would read each row back.
"""

from django.db import migrations, models

DEFAULT = "ALTER TABLE consents_consent ALTER COLUMN signed_name SET DEFAULT '';"


class Migration(migrations.Migration):
    dependencies = [("consents", "0003_parties_only")]
    operations = [
        migrations.AddField("consent", "signed_name", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.AddField("consent", "held_on", models.DateField(null=True)),
        migrations.RunSQL(DEFAULT, "ALTER TABLE consents_consent ALTER COLUMN signed_name DROP DEFAULT;"),
    ]
