"""The papers and people about some identities are found by an index.

`subject_ids && ids` is not leakproof, so row security asks it of every row of the table: the same for one family as for a county. The function
asks it as the owner, and answers the role that makes grants only, which may read all of these rows.
"""

from django.db import migrations

from careloom.infra.access import rls
from careloom.infra.access.scope import System

ABOUT = f"""
CREATE FUNCTION consents_about(ids uuid[]) RETURNS TABLE (what text, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT 'C', c.id FROM consents_consent c WHERE c.subject_ids && ids AND (SELECT access_principal()) = '{System.GRANTS.value}'::uuid
   UNION ALL SELECT 'O', o.id FROM consents_order o WHERE o.subject_ids && ids AND (SELECT access_principal()) = '{System.GRANTS.value}'::uuid
   UNION ALL SELECT 'P', p.id FROM people_principal p WHERE p.subject_ids && ids AND (SELECT access_principal()) = '{System.GRANTS.value}'::uuid $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_minimum_by_role"),
        ("consents", "0008_papers_open_no_segment"),
        ("people", "0005_principal_subjects"),
    ]
    operations = [rls.function(ABOUT, "consents_about(uuid[])")]
