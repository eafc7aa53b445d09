"""Row security of notifications. The de-identified rows are written by the nightly job only, and name nobody."""

from django.db import migrations

from careloom.infra.access import rls
from careloom.infra.access.scope import System


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        rls.family("notifications_notification"),
        rls.family("notifications_received"),
        rls.guarded("notifications_outgoing"),
        rls.policy("notifications_outgoing", name="add", command="INSERT", check="holder_id = (SELECT access_agency())"),
        rls.system("notifications_outgoing", System.JOB, "SELECT", "DELETE"),
        rls.guarded("notifications_deidentified"),
        rls.policy("notifications_deidentified", name="count", command="SELECT", using="(SELECT access_principal()) IS NOT NULL"),
        rls.system("notifications_deidentified", System.JOB, "INSERT", "UPDATE"),
    ]
