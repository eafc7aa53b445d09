"""Row security of people, and the search that carries its own grant test (ILIKE is not leakproof, TECH section 2)."""

from django.db import migrations

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System

SEARCH = f"""
CREATE INDEX people_record_search ON people_record USING gin (search_key gin_trgm_ops);
CREATE FUNCTION people_search(looked_for text, open_categories text[], most integer, skip integer) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT r.id FROM people_record r
   WHERE r.search_key LIKE '%' || looked_for || '%' AND r.role IN ('MOTHER', 'INFANT')
     AND (open_categories IS NULL OR r.category = ANY (open_categories))
     AND ({sql.OWN.format(t="r")} OR {sql.GRANTED.format(t="r")})
   ORDER BY r.search_key, r.id LIMIT most OFFSET skip $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_row_security")]

    operations = [
        rls.guarded("people_identity"),
        rls.policy("people_identity", name="add", command="INSERT", check="(SELECT access_principal()) IS NOT NULL"),
        rls.system("people_identity", System.MATCHING, "SELECT", "UPDATE"),
        rls.guarded("people_principal"),
        rls.policy("people_principal", name="add", command="INSERT", check="(SELECT access_principal()) IS NOT NULL"),
        rls.policy("people_principal", name="self", command="SELECT", using="id = (SELECT access_principal())"),
        rls.system("people_principal", System.GRANTS, "SELECT", "UPDATE"),
        rls.system("people_principal", System.MATCHING, "SELECT", "UPDATE"),
        rls.system("people_principal", System.SIGN_IN, "SELECT"),
        rls.family("people_record"),
        rls.family("people_family_member"),
        migrations.RunSQL(SEARCH, "DROP FUNCTION people_search(text, text[], integer, integer); DROP INDEX people_record_search;"),
    ]
