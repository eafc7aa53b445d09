"""A provider reads its own figures, which are counts of its own records; and no hidden cell tells of a nation that gave no leave.

Its own figures are those by site that carry its code. Row security opens them to its workers; their pages ask for COUNTS_READ.
"""

from django.db import migrations

from careloom.infra.access import rls

OWN = """
CREATE FUNCTION outcomes_own_site() RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ SELECT trim(BOTH '_' FROM upper(regexp_replace(a.short_name, '[^A-Za-z0-9]+', '_', 'g')))
   FROM agencies_agency a WHERE a.id = (SELECT access_agency()) $$;
"""
HIDDEN = """
CREATE OR REPLACE FUNCTION outcomes_hidden(the_snapshot uuid, the_indicator text, the_by text, the_value text)
RETURNS TABLE (indicator text, variant text, period text, starts_on date, ends_on date, by text, value text, hidden text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT f.indicator, f.variant, f.period, f.starts_on, f.ends_on, f.by, f.value, f.hidden
   FROM outcomes_figure f JOIN outcomes_snapshot s ON s.id = f.snapshot_id
   WHERE f.snapshot_id = the_snapshot AND s.sealed_at IS NOT NULL AND f.hidden IN ('PROTECTS_PEOPLE', 'TOO_EARLY', 'STAYS', 'AWAITS')
     AND f.by <> 'nation' AND (the_indicator IS NULL OR f.indicator = the_indicator) AND (the_by IS NULL OR f.by = the_by)
     AND (the_value IS NULL OR f.value = the_value) $$;
"""
USING = "by = 'site' AND value = (SELECT outcomes_own_site())"


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0007_hidden")]
    operations = [
        rls.function(OWN, "outcomes_own_site()"),
        rls.policy("outcomes_figure", name="own", command="SELECT", using=USING),
        rls.policy("outcomes_curve", name="own", command="SELECT", using=USING),
        migrations.RunSQL(HIDDEN, migrations.RunSQL.noop),
    ]
