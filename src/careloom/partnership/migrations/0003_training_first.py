"""Since when new members take a training first, and when each was let in. Source: P12."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0002_noted'),
    ]

    operations = [
        migrations.AddField(
            model_name='collaborative',
            name='gate_levels',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None),
        ),
        migrations.AddField(
            model_name='collaborative',
            name='gate_since',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='seat',
            name='let_in_on',
            field=models.DateField(null=True),
        ),
    ]
