"""Who noted that a partner answered guidance on paper. Source: decision 0013."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('changes', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='addressee',
            name='noted_by',
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
