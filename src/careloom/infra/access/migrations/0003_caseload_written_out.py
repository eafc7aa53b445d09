"""The caseload test is part of each policy instead of a function that is called for each row: a page of fifty pays it once."""

from django.db import migrations

from careloom.infra.access import sql


class Migration(migrations.Migration):
    dependencies = [("access", "0002_row_security")]
    operations = [migrations.RunSQL(sql.WRITE_OUT_CASELOAD, migrations.RunSQL.noop)]
