"""The database refuses a category that none of the worker's roles may open (see `sql.MINIMUM`)."""

from django.db import migrations

from careloom.infra.access import sql


class Migration(migrations.Migration):
    dependencies = [("access", "0007_log_entries")]
    operations = [
        migrations.RunSQL(sql.CATEGORY_FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(sql.MINIMUM_FOR_ALL, migrations.RunSQL.noop),
    ]
