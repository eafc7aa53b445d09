"""Row security of obligations: the family rule, and what is not yet anybody's is seen by the whole agency."""

from django.db import migrations

from careloom.infra.access import rls

OPEN = "holder_id = (SELECT access_agency()) AND (worker_id IS NULL OR worker_id = (SELECT access_worker()))"


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        rls.family("work_obligation"),
        rls.policy("work_obligation", name="open", command="SELECT", using=OPEN),
        rls.policy("work_obligation", name="take", command="UPDATE", using=OPEN, check="holder_id = (SELECT access_agency())"),
    ]
