"""A grant and its accounting say when the rule that permits still waits for counsel."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0005_answers_and_looks")]
    operations = [
        migrations.AddField("grant", "review_needed", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("disclosure", "review_needed", models.BooleanField(default=False, db_default=False)),
    ]
