"""What a general order is about, what a service organization does, and when a clause was last reviewed (R-102, R-103, R-107)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0006_scans")]

    operations = [
        migrations.AddField(model_name="courtorder", name="matter", field=models.CharField(blank=True, default="", max_length=12), preserve_default=False),
        migrations.AddField(model_name="dataclause", name="service", field=models.CharField(blank=True, default="", max_length=200), preserve_default=False),
        migrations.AddField(model_name="dataclause", name="reviewed_at", field=models.DateTimeField(null=True)),
    ]
