"""The scope functions, and row security of the access tables themselves."""

from django.db import migrations

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System

AGENCY = "(SELECT access_agency())"
PRINCIPAL = "(SELECT access_principal())"
HERS = (
    "EXISTS (SELECT 1 FROM access_grant g WHERE g.identity_id = {t}.identity_id AND g.recipient_id = (SELECT access_principal())"
    " AND 'patient_access' = ANY (g.purposes) AND g.valid_from <= (SELECT access_now()) AND g.valid_to > (SELECT access_now()) OFFSET 0)"
)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("clock", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.FUNCTIONS, sql.DROP_FUNCTIONS),
        rls.open_to_app("access_principal", "SELECT", "INSERT"),
        rls.guarded("access_segment"),
        rls.policy("access_segment", name="own", command="SELECT", using=f"holder_id = {AGENCY}"),
        rls.policy("access_segment", name="add", command="INSERT", check=f"holder_id = {AGENCY}"),
        rls.system("access_segment", System.GRANTS, "SELECT"),
        rls.system("access_segment", System.MATCHING, "SELECT", "UPDATE", "DELETE"),
        rls.guarded("access_grant"),
        rls.policy("access_grant", name="party", command="SELECT", using=f"recipient_id = {PRINCIPAL} OR holder_id = {AGENCY}"),
        rls.system("access_grant", System.GRANTS, "SELECT", "INSERT", "UPDATE", "DELETE"),
        rls.guarded("access_caseload"),
        rls.policy("access_caseload", name="own", command="ALL", using=f"holder_id = {AGENCY}", check=f"holder_id = {AGENCY}"),
        rls.system("access_caseload", System.MATCHING, "SELECT", "UPDATE"),
        rls.guarded("access_log"),
        rls.policy("access_log", name="add", command="INSERT", check=f"principal_id = {PRINCIPAL}"),
        rls.policy(
            "access_log",
            name="read",
            command="SELECT",
            using=f"agency_id = {AGENCY} OR holder_id = {AGENCY} OR {HERS.format(t='access_log')}",
        ),
        rls.guarded("access_disclosure"),
        rls.policy("access_disclosure", name="add", command="INSERT", check=f"recipient_id = {PRINCIPAL}"),
        rls.policy(
            "access_disclosure",
            name="read",
            command="SELECT",
            using=f"holder_id = {AGENCY} OR recipient_id = {PRINCIPAL} OR {HERS.format(t='access_disclosure')}",
        ),
    ]
