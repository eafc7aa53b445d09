"""What a preview of a consent, a release and her own copy show of safety. Registered with `consents.preview` in config.

Earlier involvement is read here by its own holder alone: everybody else says why first, on its page (R-109).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.consents.preview import PreviewRow
from careloom.infra.access import Viewer
from careloom.safety import words
from careloom.safety.models import EarlierInvolvement, SafetyAssessment, SafetyPlan, SafetyStep, ToldHer

MOST = 200


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Assessments, safety plans with their steps, what she was told and, for its holder, earlier involvement. Five queries."""
    about: dict[str, Any] = {"identity_id__in": list(identity_ids)}
    found = [_row(row, _assessment(row)) for row in SafetyAssessment.objects.seen_by(viewer).filter(**about).order_by("-started_at")[:MOST]]
    found += [_row(row, _plan(row)) for row in SafetyPlan.objects.seen_by(viewer).filter(**about).order_by("-started_at")[:MOST]]
    found += [
        _row(row, f"{_('Step of a safety plan')}: {row.what}. {row.who}. {row.when}")
        for row in SafetyStep.objects.seen_by(viewer).filter(**about).order_by("-at")[:MOST]
    ]
    found += [
        _row(row, f"{_('What she was told')}, {date_format(row.told_on)}")
        for row in ToldHer.objects.seen_by(viewer).filter(**about).order_by("-told_on")[:MOST]
    ]
    own = EarlierInvolvement.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, **about)
    return found + [_row(row, _earlier(row)) for row in own.order_by("-from_on")[:MOST]]


def _row(row: Any, text: str) -> PreviewRow:
    return PreviewRow(record=row, heap="SAFETY", text=text)


def _assessment(row: SafetyAssessment) -> str:
    told = words.code(row.response, among=words.RESPONSES) if row.response else str(words.STATES[row.state][0])
    return f"{_('Safety assessment')}: {words.code(row.because, among=words.BECAUSE)}. {told}"


def _plan(row: SafetyPlan) -> str:
    return f"{words.code(row.response, among=words.RESPONSES)}: {words.PLAN_STATES[row.state][0]}"


def _earlier(row: EarlierInvolvement) -> str:
    told = (words.code(row.kind, among=words.HISTORY_KINDS), words.code(row.outcome, among=words.HISTORY_OUTCOMES), date_format(row.from_on))
    return ". ".join(told)
