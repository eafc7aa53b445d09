"""Row security of the outbox: anyone in scope adds, only the job role reads."""

from django.db import migrations

from careloom.infra.access import rls
from careloom.infra.access.scope import System


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("access", "0002_row_security")]

    operations = [
        rls.guarded("events_outbox"),
        rls.policy("events_outbox", name="add", command="INSERT", check="(SELECT access_principal()) IS NOT NULL"),
        rls.system("events_outbox", System.JOB, "SELECT", "UPDATE", "DELETE"),
    ]
