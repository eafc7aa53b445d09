"""A version keeps what was chosen in its clauses, so that episodes are counted by what was signed. The table is open to the application already."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0002_last_day_of_a_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='codes',
            field=models.JSONField(default=dict),
        ),
    ]
