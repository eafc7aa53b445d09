"""The name an agency uses outside, and which workers belong to a practice world."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.AddField("agency", "outward_name", models.CharField(blank=True, max_length=120, default=""), preserve_default=False),
        migrations.AddField("worker", "practice", models.BooleanField(default=False)),
    ]
