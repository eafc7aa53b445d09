"""Row security of the audit table: written by whoever acts, read by the agency that acted."""

from django.db import migrations

from careloom.infra.access import rls


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0002_row_security")]

    operations = [
        rls.guarded("audit_row"),
        rls.policy("audit_row", name="add", command="INSERT", check="principal_id = (SELECT access_principal())"),
        rls.policy("audit_row", name="read", command="SELECT", using="agency_id = (SELECT access_agency())"),
    ]
