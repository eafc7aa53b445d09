"""The birth keeps no signs of withdrawal or of alcohol: they lie in `health_newborn_signs`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("health", "0004_labels")]
    operations = [
        migrations.RemoveField(model_name="birth", name="withdrawal"),
        migrations.RemoveField(model_name="birth", name="withdrawal_method"),
        migrations.RemoveField(model_name="birth", name="fasd_signs"),
    ]
