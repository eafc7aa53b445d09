"""Row security of the portal: a person reads her own row; links and card codes are looked up by the sign-in role only."""

from django.db import migrations

from careloom.infra.access import rls
from careloom.infra.access.scope import System

SELF = "principal_id = (SELECT access_principal())"


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        rls.family("portal_person"),
        rls.policy("portal_person", name="self", command="SELECT", using=SELF),
        rls.policy("portal_person", name="self_change", command="UPDATE", using=SELF, check=SELF),
        rls.system("portal_person", System.SIGN_IN, "SELECT", "UPDATE"),
        rls.guarded("portal_link"),
        rls.policy("portal_link", name="add", command="INSERT", check="(SELECT access_principal()) IS NOT NULL"),
        rls.system("portal_link", System.SIGN_IN, "SELECT", "UPDATE", "DELETE"),
        rls.guarded("portal_card_code"),
        rls.policy("portal_card_code", name="add", command="INSERT", check="(SELECT access_principal()) IS NOT NULL"),
        rls.system("portal_card_code", System.SIGN_IN, "SELECT", "UPDATE", "DELETE"),
    ]
