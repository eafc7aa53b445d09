"""Who was asked for something (a referral, the lead, a one-time page) changes the columns of its answer and no other, also by SQL."""

from django.db import migrations

from careloom.infra.access import rls

# What a step in the receiver's voice writes (plans.referrals.steps). Her own word, what was asked and for whom are not the receiver's.
STEP = ("state", "reason", "outcome", "scheduled_for", "waitlist_place", "no_shows", "closed_at", "changed_at", "row_version")


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_referral_link_page"), ("access", "0005_answers_and_looks")]
    operations = [
        rls.answers("plans_referral", *STEP),
        rls.answers("plans_lead_transfer", "answer", "answered_at", "reason", "changed_at", "row_version"),
        rls.answers("plans_referral_link", "answer", "answered_at"),
    ]
