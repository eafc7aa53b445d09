"""A contact may stand without an episode of the position: a caseworker of child welfare keeps hers with the case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Lets `episode_id` be empty."""

    dependencies = [("position", "0001_initial")]

    operations = [migrations.AlterField(model_name="contact", name="episode_id", field=models.UUIDField(null=True))]
