"""Row security of consents: the one who took it, the holders that it names as disclosers, and the role that makes grants."""

from django.db import migrations

from careloom.infra.access import rls
from careloom.infra.access.scope import System


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        rls.family("consents_consent"),
        rls.policy("consents_consent", name="discloser", command="SELECT", using="(SELECT access_agency()) = ANY (discloser_ids)"),
        rls.system("consents_consent", System.GRANTS, "SELECT", "UPDATE"),
    ]
