"""A version keeps its own last day, so that what is written for the next one moves nothing. The table is open to the application already."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='ends_on',
            field=models.DateField(null=True),
        ),
    ]
