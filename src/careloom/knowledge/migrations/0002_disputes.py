"""Disputes are shut by the database to everybody whose hands they are not in. Source: R-044."""

from django.db import migrations

from careloom.infra.access import rls

DISPUTE, STEP = "knowledge_dispute", "knowledge_dispute_step"
HERS = f"(SELECT access_worker()) = ANY ({DISPUTE}.hands)"
# The dispute is looked up under its own policy: who cannot read it has no step of it.
OF_HERS = f"EXISTS (SELECT 1 FROM {DISPUTE} d WHERE d.id = {STEP}.dispute_id)"


class Migration(migrations.Migration):
    """Row security for disputes and their steps; which columns change is said in infra.access.rights."""

    dependencies = [("knowledge", "0001_initial"), ("access", "0001_initial")]

    operations = [
        rls.guarded(DISPUTE),
        rls.guarded(STEP),
        rls.policy(DISPUTE, name="read", command="SELECT", using=HERS),
        rls.policy(DISPUTE, name="add", command="INSERT", check=HERS),
        rls.policy(DISPUTE, name="change", command="UPDATE", using=HERS, check=HERS),
        rls.policy(STEP, name="read", command="SELECT", using=OF_HERS),
        rls.policy(STEP, name="add", command="INSERT", check=OF_HERS),
    ]
