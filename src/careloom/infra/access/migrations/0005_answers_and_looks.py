"""A look is written in the name of its own agency and worker; who was asked changes the answer and nothing else."""

from django.db import migrations

from careloom.infra.access import rls, sql

PRINCIPAL, WORKER = "(SELECT access_principal())", "worker_id IS NOT DISTINCT FROM (SELECT access_worker())"
# A person, a link and a job have no worker, and no agency whose log it were.
AGENCY = "(agency_id IS NOT DISTINCT FROM (SELECT access_agency()) OR (agency_id IS NULL AND (SELECT access_worker()) IS NULL))"


def anew(table: str, *, before: str, after: str) -> migrations.RunSQL:
    """The policy that adds rows to `table`, with another test."""
    return migrations.RunSQL(f"ALTER POLICY {table}_add ON {table} WITH CHECK ({after});", f"ALTER POLICY {table}_add ON {table} WITH CHECK ({before});")


class Migration(migrations.Migration):
    dependencies = [("access", "0004_her_words_through_caseload")]
    operations = [
        anew("access_log", before=f"principal_id = {PRINCIPAL}", after=f"principal_id = {PRINCIPAL} AND {WORKER} AND {AGENCY}"),
        anew("access_disclosure", before=f"recipient_id = {PRINCIPAL}", after=f"recipient_id = {PRINCIPAL} AND {WORKER}"),
        rls.function(sql.ANSWERS_ONLY, "access_answers_only()"),
    ]
