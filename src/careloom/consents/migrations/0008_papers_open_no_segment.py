"""A paper is no record to share, so nothing is granted by its category; she reads papers about her by a rule of their own."""

from django.db import migrations

from careloom.infra.access import rls, sql

TABLES = ("consents_order", "consents_restriction", "consents_emergency")


class Migration(migrations.Migration):
    dependencies = [("consents", "0007_order_matter_clause_service")]
    operations = [rls.policy(table, name="hers", command="SELECT", using=sql.HERS.format(t=table)) for table in TABLES]
