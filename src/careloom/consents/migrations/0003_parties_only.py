"""A form is read by its parties only. A grant on the plan does not show which other forms she signed: that she released a treatment
program's record says that she is its patient (42 CFR 2.13(c)). Inside an agency the caseload decides, for a discloser's copy too."""

from django.db import migrations

from careloom.infra.access import sql
from careloom.infra.access.scope import System

PRINCIPAL = "(SELECT access_principal())"
ROLES = ", ".join(f"'{role.value}'::uuid" for role in (System.GRANTS, System.MATCHING))
PARTIES = f"""
CREATE POLICY consents_consent_parties ON consents_consent AS RESTRICTIVE FOR SELECT USING (
  ((holder_id = (SELECT access_agency()) OR (SELECT access_agency()) = ANY (discloser_ids)) AND {sql.CASELOAD.format(t='consents_consent')})
  OR {PRINCIPAL} = ANY (recipient_ids)
  OR (SELECT access_purpose()) = 'patient_access'
  OR {PRINCIPAL} IN ({ROLES}));
"""


class Migration(migrations.Migration):
    dependencies = [("consents", "0002_row_security")]
    operations = [migrations.RunSQL(PARTIES, "DROP POLICY consents_consent_parties ON consents_consent;")]
