"""The name that she typed as her signature, and the day on which an event was last found not to have happened (42 CFR 2.31(a)(7), (a)(8))."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0003_parties_only")]
    operations = [
        migrations.AddField("consent", "signed_name", models.CharField(blank=True, db_default="", default="", max_length=120)),
        migrations.AddField("consent", "held_on", models.DateField(null=True)),
    ]
