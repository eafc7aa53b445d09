"""Where hidden cells of a protected snapshot stand, for whoever reads what is published: names of cells and why, never a count."""

from django.db import migrations

from careloom.infra.access import rls

HIDDEN = """
CREATE FUNCTION outcomes_hidden(the_snapshot uuid, the_indicator text, the_by text, the_value text)
RETURNS TABLE (indicator text, variant text, period text, starts_on date, ends_on date, by text, value text, hidden text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT f.indicator, f.variant, f.period, f.starts_on, f.ends_on, f.by, f.value, coalesce(f.hidden, 'NOT_PUBLISHED')
   FROM outcomes_figure f JOIN outcomes_snapshot s ON s.id = f.snapshot_id
   WHERE f.snapshot_id = the_snapshot AND s.sealed_at IS NOT NULL AND f.hidden IS DISTINCT FROM ''
     AND (the_indicator IS NULL OR f.indicator = the_indicator) AND (the_by IS NULL OR f.by = the_by)
     AND (the_value IS NULL OR f.value = the_value) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0006_extract_care")]
    operations = [rls.function(HIDDEN, "outcomes_hidden(uuid, text, text, text)")]
