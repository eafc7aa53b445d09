"""The search carries the same test of grants as row security: what rests on no paper is found only by who works with the family."""

from django.db import migrations

from careloom.infra.access import sql

SEARCH = f"""
CREATE OR REPLACE FUNCTION people_search(looked_for text, open_categories text[], most integer, skip integer) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT r.id FROM people_record r
   WHERE r.search_key LIKE '%' || looked_for || '%' AND r.role IN ('MOTHER', 'INFANT')
     AND (open_categories IS NULL OR r.category = ANY (open_categories))
     AND ({sql.OWN.format(t="r")} OR {sql.GRANTED.format(t="r")})
   ORDER BY r.search_key, r.id LIMIT most OFFSET skip $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_search_test_written_out"), ("access", "0004_her_words_through_caseload")]
    operations = [migrations.RunSQL(SEARCH, migrations.RunSQL.noop)]
