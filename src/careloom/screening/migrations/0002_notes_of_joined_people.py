"""Two notes that she was shown what is asked do not stand in the way of joining two records of hers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="protocolshown", name="screening_shown_once"),
    ]
