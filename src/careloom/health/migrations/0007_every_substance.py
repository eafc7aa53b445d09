"""An exposure takes the longest code of kernel.notification.Substance; a benzodiazepine's did not fit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('health', '0006_hour_of_birth'),
    ]

    operations = [
        migrations.AlterField(
            model_name='exposure',
            name='substance',
            field=models.CharField(max_length=32),
        ),
    ]
