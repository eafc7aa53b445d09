"""What a preview of a consent shows of a plan. Registered with `consents.preview` in config."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.consents.preview import PreviewRow
from careloom.infra.access import Viewer
from careloom.plans.models import CareTeamMember, Goal, Need, PlanOfSafeCare, Referral, Strength


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Plans, goals, needs, strengths, team and referrals of these identities that `viewer` sees. Six queries."""
    ids = tuple(identity_ids)
    plans = PlanOfSafeCare.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("-started_at")
    goals = Goal.objects.seen_by(viewer).filter(identity_id__in=ids).exclude(state="LET_GO").order_by("made_at")
    needs = Need.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("priority", "made_at")
    strengths = Strength.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("made_at")
    team = CareTeamMember.objects.seen_by(viewer).filter(identity_id__in=ids, ends_at=None).order_by("-leads", "starts_at")
    referrals = Referral.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("made_at")
    return [
        *(PreviewRow(record=row, heap="PLAN", text=row.label) for row in plans),
        *(PreviewRow(record=row, heap="GOALS", text=row.words, hers=row.hers) for row in goals),
        *(PreviewRow(record=row, heap="NEEDS", text=row.title) for row in needs),
        *(PreviewRow(record=row, heap="STRENGTHS", text=row.text) for row in strengths),
        *(PreviewRow(record=row, heap="TEAM", text=row.name) for row in team),
        *(PreviewRow(record=row, heap="REFERRALS", text=row.organization) for row in referrals),
    ]
