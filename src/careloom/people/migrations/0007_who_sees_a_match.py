"""Who reads a possible match and a join; and the look for people alike, which carries the grant test in its own text, as the search does."""

from django.db import migrations

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System

# INVARIANT: a match is shown only to those granted both sides (DESIGN section 2). Row security of the records themselves answers for each.
BOTH = (
    "EXISTS (SELECT 1 FROM people_record r WHERE r.id = people_match.left_id)"
    " AND EXISTS (SELECT 1 FROM people_record r WHERE r.id = people_match.right_id)"
)
ALIKE = f"""
CREATE FUNCTION people_alike(born date, names text, digits text, is_grown boolean, open_categories text[], most integer) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT r.id FROM people_record r
   WHERE (r.birth_date = born OR (names <> '' AND r.search_key % names)
          OR (digits <> '' AND right(regexp_replace(r.phone, '\\D', '', 'g'), 10) = digits))
     AND (r.role IN ('MOTHER', 'ADULT')) = is_grown
     AND (open_categories IS NULL OR r.category = ANY (open_categories))
     AND ({sql.OWN.format(t="r")} OR {sql.GRANTED.format(t="r")})
   ORDER BY (r.birth_date IS NOT DISTINCT FROM born)::int + similarity(r.search_key, names) DESC, r.id LIMIT most $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_who_may_be_one"), ("access", "0004_her_words_through_caseload")]

    operations = [
        rls.guarded("people_match"),
        rls.policy("people_match", name="both_read", command="SELECT", using=BOTH),
        rls.policy("people_match", name="both_add", command="INSERT", check=BOTH),
        rls.policy("people_match", name="both_say", command="UPDATE", using=BOTH, check=BOTH),
        rls.system("people_match", System.MATCHING, "SELECT", "INSERT", "UPDATE", "DELETE"),
        rls.guarded("people_join"),
        rls.policy("people_join", name="own", command="SELECT", using=sql.OWN.format(t="people_join")),
        rls.system("people_join", System.MATCHING, "SELECT", "INSERT", "UPDATE"),
        rls.guarded("people_joined_row"),
        rls.system("people_joined_row", System.MATCHING, "SELECT", "INSERT"),
        rls.system("access_segment", System.MATCHING, "INSERT"),
        rls.open_to_app("people_search"),
        rls.function(ALIKE, "people_alike(date, text, text, boolean, text[], integer)"),
    ]
