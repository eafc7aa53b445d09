"""Between visits: how things are, and which things for the baby are there, as she says it on her own page. Source: ux 7.2; R-161; plan-content I."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.packs import load_pack
from careloom.kernel.labels import Kind
from careloom.plans.actions import owed
from careloom.plans.actions.keeping import is_herself, kept_under, note, once, open_plan, stamp
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.actions.sections import CheckSaid, put_checks
from careloom.plans.models import BetweenVisits, SectionCheck

ANSWERS = frozenset({"YES", "SOME", "NO"})
THINGS = ("CRIB", "CAR_SEAT", "DIAPERS", "FEEDING", "CLOTHES", "STROLLER", "CHILD_CARE")
"""What she can say of herself; what was talked through with her is for her team to write down."""
SUPPLIES = "I"


@transaction.atomic
def say_between(*, by: Viewer, at: datetime, plan_id: UUID, answers: Mapping[str, str], words: str, request_key: str) -> BetweenVisits | Refused:
    """Keep what she answers: YES, SOME or NO for codes of the pack, and her words. Idempotent on `request_key`.

    Where something is not there or she writes words, the lead reads it; yes to everything asks nothing of anybody. Her words that tell of
    substance use are kept in the plan's Part 2 segment. Raises NotVisible for a plan that is not hers.
    """
    if not is_herself(by):
        return refused(Reason.NOT_ALLOWED)
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(BetweenVisits, by=by, request_key=request_key)
    if known is not None:
        return known
    asked = {one.code for one in load_pack(name=plan.pack).following.between_visits.questions}
    said = {code: answer for code, answer in answers.items() if answer}
    if not set(said) <= asked or not set(said.values()) <= ANSWERS:
        return refused(Reason.UNKNOWN_CODE)
    words = words.strip()[:500]
    if not said and not words:
        return refused(Reason.NO_WORDS)
    row = BetweenVisits(
        **stamp(by=by, at=at, plan=plan, category=kept_under(kind=Kind.NEED, texts=(words,))), answers=said, words=words, request_key=request_key
    )  # fmt: skip
    row.save()
    note("said_between", by=by, at=at, plan=plan, object_id=row.pk, answered=len(said))
    if words or set(said.values()) - {"YES"}:
        link = f"{owed.plan_link(plan.pk)}between/"
        owed.owe_her_words(by=by, at=at, plan=plan, row_id=row.pk, kind="HER_BETWEEN", category=row.category, link=link)
    return row


@transaction.atomic
def say_things(*, by: Viewer, at: datetime, plan_id: UUID, said: Mapping[str, str]) -> int | Conflict | Refused:
    """Keep which things for the baby she has (YES), needs (NEEDED) or does not want (NOT_NEEDED); how many changed.

    What she newly needs is read by the lead. Raises NotVisible for a plan that is not hers.
    """
    if not is_herself(by):
        return refused(Reason.NOT_ALLOWED)
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    before = {row.code: row for row in SectionCheck.objects.filter(holder_id=by.holder_id, plan_id=plan.pk, section=SUPPLIES)}
    checks = {
        code: CheckSaid(state=state, note=before[code].note if code in before else "", row_version=before[code].row_version if code in before else 0)
        for code, state in said.items()
    }
    done = put_checks(by=by, at=at, plan_id=plan_id, section=SUPPLIES, said=checks)
    if not isinstance(done, int):
        return done
    needs = [code for code, state in said.items() if state == "NEEDED" and (code not in before or before[code].state != "NEEDED")]
    for row in SectionCheck.objects.filter(holder_id=by.holder_id, plan_id=plan.pk, section=SUPPLIES, code__in=needs[:1]):
        link = f"{owed.plan_link(plan.pk)}sections/{SUPPLIES}/"
        owed.owe_her_words(
            by=by, at=at, plan=plan, row_id=row.pk, kind="HER_THINGS", category=row.category, link=link, turn=row.row_version
        )  # fmt: skip
    return done
