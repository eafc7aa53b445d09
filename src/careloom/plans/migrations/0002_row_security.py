"""Row security of the plan: the family rule on each table; a receiver may move the referral that it can see."""

from django.db import migrations

from careloom.infra.access import rls
from careloom.infra.access.scope import System

TABLES = (
    "plan", "infant", "team_member", "lead_transfer", "strength", "goal", "need", "need_step", "referral", "referral_event", "review",
    "review_finding", "contact_try", "version", "version_entry", "her_view",
)  # fmt: skip
RECEIVER = "receiver_id = (SELECT access_principal())"
TO_US = "to_agency_id = (SELECT access_agency())"


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        *(rls.family(f"plans_{name}") for name in TABLES),
        rls.policy("plans_referral", name="answer", command="UPDATE", using=RECEIVER, check=RECEIVER),
        rls.policy("plans_lead_transfer", name="asked", command="SELECT", using=TO_US),
        rls.policy("plans_lead_transfer", name="answer", command="UPDATE", using=TO_US, check=TO_US),
        rls.guarded("plans_referral_link"),
        rls.policy(
            "plans_referral_link",
            name="own",
            command="ALL",
            using="holder_id = (SELECT access_agency())",
            check="holder_id = (SELECT access_agency())",
        ),
        rls.system("plans_referral_link", System.SIGN_IN, "SELECT", "UPDATE"),
        rls.open_to_app("plans_overdue_count"),
    ]
