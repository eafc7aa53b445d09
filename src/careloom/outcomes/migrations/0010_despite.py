"""A publication says why it was made ready though data are under the line."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0009_publication'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='despite',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
