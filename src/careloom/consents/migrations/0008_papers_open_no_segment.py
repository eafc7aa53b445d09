"""A paper is no record to share, so nothing is granted by its category; she reads papers about her by a rule of their own."""

from django.db import migrations

from careloom.infra.access import rls

TABLES = ("consents_order", "consents_restriction", "consents_emergency")
HERS = (
    "(SELECT access_purpose()) = 'patient_access' AND EXISTS (SELECT 1 FROM access_grant g WHERE g.identity_id = {t}.identity_id"
    " AND g.recipient_id = (SELECT access_principal()) AND 'patient_access' = ANY (g.purposes)"
    " AND g.valid_from <= (SELECT access_now()) AND g.valid_to > (SELECT access_now()) OFFSET 0)"
)


class Migration(migrations.Migration):
    dependencies = [("consents", "0007_order_matter_clause_service")]
    operations = [rls.policy(table, name="hers", command="SELECT", using=HERS.format(t=table)) for table in TABLES]
