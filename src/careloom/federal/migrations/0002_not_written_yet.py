"""The comparison tells of reports that a hospital sent and child welfare has not written down yet; the extract counts those as they came in."""

from django.db import migrations

from careloom.federal.sql import EVENTS, INFANTS

ANEW = f"DROP FUNCTION federal_infants(date, date, timestamptz, timestamptz); DROP FUNCTION federal_events(text); {INFANTS} {EVENTS}"


class Migration(migrations.Migration):
    dependencies = [("federal", "0001_initial"), ("health", "0007_every_substance")]
    operations = [migrations.RunSQL(ANEW, migrations.RunSQL.noop)]
