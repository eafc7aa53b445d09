"""Messages: with her on her page, and among the agencies of the team that she lets see the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from careloom.demo.load.family import Family, Moment
from careloom.infra.access import Viewer, acting_as
from careloom.messages.actions import Written, add_entry, read_thread, start_thread
from careloom.messages.models import Thread
from careloom.plans.actions.keeping import can_see_plan
from careloom.plans.models import PlanOfSafeCare

DAY = timedelta(days=1)
WITH_HER = {
    "en": (("VISIT", "Is Thursday at ten still good for you?", "Yes. Can I bring the baby?"),
           ("RIDE", "The ride for your visit is set for nine thirty.", "Thank you. I will be outside."),
           ("BABY", "How are the nights?", "Better. He sleeps three hours now.")),
    "es": (("VISIT", "¿Le sigue quedando bien el jueves a las diez?", "Sí. ¿Puedo llevar al bebé?"),
           ("RIDE", "El transporte para su visita llega a las nueve y media.", "Gracias. Voy a estar afuera."),
           ("BABY", "¿Cómo van las noches?", "Mejor. Ya duerme tres horas.")),
}  # fmt: skip
AMONG = (
    ("PLAN", "She agreed to the plan. Please look at the part that your agency does.", "Seen. We begin next week."),
    ("VISIT", "Could your visit and ours be on the same day? It saves her a ride.", "Yes, we can come after you."),
)
TWO_OF_THREE, UNANSWERED = 3, 5


def moments(family: Family) -> Iterator[Moment]:
    """One thread with her in two families of three, and one among the team where another agency sees the plan."""
    story, plan = family.story, family.story.plan
    if plan is None or plan.agreed_on is None:
        return
    begun = family.on(plan.agreed_on + timedelta(days=6 + story.number % 9), 10, 20)
    begun = family.after_birth(begun, hours=8) if plan.kind == "AT_BIRTH" else begun
    if begun >= family.now - DAY or (plan.closed_on is not None and begun.date() >= plan.closed_on):
        return
    if story.number % TWO_OF_THREE and family.story.plan is not None:
        yield Moment(at=begun, order=85, play=lambda at: with_her(family, at=at))
        yield Moment(at=begun + timedelta(hours=9), order=86, play=lambda at: she_answers(family, at=at))
    yield Moment(at=begun + timedelta(hours=1), order=87, play=lambda at: among(family, at=at))
    if story.number % UNANSWERED:
        yield Moment(at=begun + timedelta(hours=23), order=88, play=lambda at: they_answer(family, at=at))


def _key(family: Family, *words: str) -> str:
    return family.key(family.story.key, "talk", *words)


def _lines(family: Family) -> tuple[str, str, str]:
    told = WITH_HER["es" if family.story.mother.language == "es" else "en"]
    return told[family.story.number % len(told)]


def _thread(family: Family, *words: str) -> Thread | None:
    return Thread.objects.filter(request_key=_key(family, *words)).first()


def with_her(family: Family, *, at: datetime) -> None:
    """The lead writes to her page; the phone hears only that there is something to read."""
    if family.principal_id is None:
        return
    topic, words, _ = _lines(family)
    with family.acting(family.lead_key) as by:
        family.count(start_thread(
            by=by, at=at, identity_id=family.her, topic=topic, agency_ids=(), with_her=True, written=Written(words=words),
            request_key=_key(family, "her"),
        ))  # fmt: skip


def she_answers(family: Family, *, at: datetime) -> None:
    """She reads it in the evening and answers; one of five reads and does not."""
    if family.principal_id is None:
        return
    with family.herself() as by:
        _answer(family, by, at=at, thread=_thread(family, "her"), words=_lines(family)[2] if family.story.number % UNANSWERED else "", key="hers")


def among(family: Family, *, at: datetime) -> None:
    """The lead writes to the first agency of the team that sees the plan."""
    if family.plan_id is None:
        return
    topic, words, _ = AMONG[family.story.number % len(AMONG)]
    with family.acting(family.lead_key) as by:
        other = _other(family, by, at=at)
        if other is not None:
            family.count(start_thread(
                by=by, at=at, identity_id=family.her, topic=topic, agency_ids=(other,), with_her=False, written=Written(words=words),
                request_key=_key(family, "team"),
            ))  # fmt: skip


def they_answer(family: Family, *, at: datetime) -> None:
    """The other agency reads it the next day and answers."""
    with family.acting(family.lead_key) as by:
        other = _other(family, by, at=at) if family.plan_id is not None else None
        there = _thread(family, "team") is not None
    if other is None or not there:
        return
    worker = family.ground.viewer(family.ground.anyone_of(other))
    with acting_as(worker):
        if worker.can("PLAN_WRITE"):
            _answer(family, worker, at=at, thread=_thread(family, "team"), words=AMONG[family.story.number % len(AMONG)][2], key="theirs")


def _answer(family: Family, by: Viewer, *, at: datetime, thread: Thread | None, words: str, key: str) -> None:
    if thread is None:
        return
    read_thread(by=by, at=at, thread=thread)
    if words:
        family.count(add_entry(by=by, at=at, thread_id=thread.pk, written=Written(words=words), request_key=_key(family, key)))


def _other(family: Family, by: Viewer, *, at: datetime) -> UUID | None:
    plan = PlanOfSafeCare.objects.filter(pk=family.plan_id).first()
    seats = sorted({family.agency_of(seat.worker_key) for seat in family.story.care_team if seat.worker_key} - {family.lead_agency})
    if plan is None:
        return None
    ids = [family.agency_id(key) for key in seats]
    return next((pk for pk in ids if can_see_plan(plan=plan, agency_id=pk, by=by, at=at)), None)
