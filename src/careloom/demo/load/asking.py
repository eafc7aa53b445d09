"""Forms that workers fill with her: what would help at home, mood at the agreement and six weeks after the birth, what the baby goes home with.

Answers are drawn; the forms, their rules and their alerts are the pack's. What no role of the lead's agency fills is not asked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from careloom.demo.draw import ZONE, Draw
from careloom.demo.load.family import Family, Moment
from careloom.infra import forms
from careloom.infra.access import Viewer
from careloom.infra.forms import Definition, Item, Kind
from careloom.screening import actions
from careloom.screening.models import FormDraft, FormResponse
from careloom.screening.protocol import protocol

OURS = "urn:careloom:form:"
HELP, MOOD, USE, HOME = f"{OURS}social-needs", f"{OURS}phq-9", f"{OURS}nida-quick-screen", f"{OURS}newborn-discharge"
PACK = "columbia"
SIX_WEEKS = timedelta(days=42)
HARD_ANSWER = 0.06
"""The share in which she says that she thinks of death (A): somebody acts within the half hour."""
LEFT_OPEN = 9  # in one family of so many a form lies half filled
DANGER_ITEM = "phq-9"
SAID = {"what": "Call her on the second day at home", "whom": "The ward's nurse"}
DID = {"SUICIDALITY": ("STAYED", "CLINICIAN", "LINE"), "DANGER": ("ADVOCATE",)}


def moments(family: Family) -> Iterator[Moment]:
    """The days on which something is asked."""
    story, plan = family.story, family.story.plan
    if story.infants and story.infants[0].discharged_on and story.number % 2 == 0:
        home = family.after_birth(family.on(story.infants[0].discharged_on, 11), hours=6)
        yield Moment(at=home, order=76, play=lambda at: going_home(family, at=at))
    if plan is None or plan.agreed_on is None or plan.closed_on == plan.agreed_on:
        return
    agreed = family.on(plan.agreed_on, 16, 30)
    agreed = family.after_birth(agreed, hours=5) if plan.kind == "AT_BIRTH" else agreed
    yield Moment(at=agreed, order=77, play=lambda at: first(family, at=at))
    if story.infants:
        later = max(family.on((story.infants[0].born_at + SIX_WEEKS).astimezone(ZONE).date(), 10), agreed)
        if later < family.now and (plan.closed_on is None or later.date() < plan.closed_on):
            yield Moment(at=later, order=78, play=lambda at: again(family, at=at))


def first(family: Family, *, at: datetime) -> None:
    """What would help at home, and for most her mood; some are asked about use, and have seen beforehand what comes of it."""
    number = family.story.number
    with family.acting(family.lead_key) as by:
        if not _may_ask(family, by):
            return
        _show(family, by, at=at)
        if number % LEFT_OPEN == 0:
            fill(family, by, HELP, about=family.her, at=at, hand_in=False)
            return
        fill(family, by, HELP, about=family.her, at=at)
        if number % 3:
            fill(family, by, MOOD, about=family.her, at=at)
        if number % 4 == 1:
            fill(family, by, USE, about=family.her, at=at)


def again(family: Family, *, at: datetime) -> None:
    """Her mood six weeks after the birth."""
    with family.acting(family.lead_key) as by:
        if _may_ask(family, by):
            _show(family, by, at=at)
            fill(family, by, MOOD, about=family.her, at=at)


def going_home(family: Family, *, at: datetime) -> None:
    """What the ward asks when the baby goes home."""
    baby = family.story.infants[0]
    with family.acting(family.hand(baby.hospital_key)) as by:
        if by.can("FORMS_FILL") and baby.key in family.infants:
            fill(family, by, HOME, about=family.infants[baby.key], at=at)


def _may_ask(family: Family, by: Viewer) -> bool:
    return by.can("FORMS_FILL") and family.plan_id is not None


def _show(family: Family, by: Viewer, *, at: datetime) -> None:
    """She has been shown what is asked and what never comes of it (R-135)."""
    told = protocol(pack=PACK, language="es" if family.story.mother.language == "es" else "en")
    family.count(actions.note_shown(by=by, at=at, identity_id=family.her, told=told))


def fill(family: Family, by: Viewer, url: str, *, about: UUID, at: datetime, hand_in: bool = True) -> None:
    """Fill one form and hand it in; an answer that asks for somebody at once is followed the same quarter of an hour."""
    agency = family.ground.agencies[next(k for k, a in family.ground.agencies.items() if a.pk == by.holder_id)]
    form = forms.definition(pack=agency.pack, url=url, on=at.astimezone(ZONE).date())
    language = "es" if family.story.mother.language == "es" else "en"
    begun = actions.begin(by=by, at=at, identity_id=about, family_id=family.her, form=form, agency=agency, language=language, answers={})
    draft = FormDraft.objects.get(pk=begun.row_id)
    if draft.state != "OPEN":
        return
    answers = drawn(form, on=at.astimezone(ZONE).date(), draw=Draw(seed=family.county.seed, table=f"{url} {at:%Y%m%d}", number=family.story.number))
    if not hand_in:
        some = dict(list(answers.items())[: max(1, len(answers) // 2)])
        family.count(actions.save(by=by, at=at, draft_id=draft.pk, answers=some, tab="practice", row_version=draft.row_version))
        return
    done = actions.hand_in(
        by=by, at=at, draft_id=draft.pk, form=form, agency=agency, answers=answers, how="SPOKEN", tab="practice", row_version=draft.row_version
    )
    if isinstance(done, actions.Incomplete):
        family.refused[f"Form.INCOMPLETE.{url.removeprefix(OURS)}"] += 1
    elif family.count(done):
        for code in FormResponse.objects.get(pk=done.row_id).alerts:  # type: ignore[union-attr]
            family.count(actions.follow_up(
                by=by, at=family.past(at + timedelta(minutes=15)), response_id=done.row_id, code=code, did=DID[code],  # type: ignore[union-attr]
                words="Stayed with her, and made the call together.", agency=agency,
            ))  # fmt: skip


def drawn(form: Definition, *, on: date, draw: Draw) -> dict[str, list[Any]]:
    """Answers to every item that must be answered, mostly calm ones, as far as the items that show depend on one another."""
    answers: dict[str, list[Any]] = {}
    hard = draw.chance(HARD_ANSWER)
    for _ in range(6):  # an answer may show another item
        for place in forms.places(form, answers):
            item = place.item
            if item.asked and place.path not in answers and (item.required or item.kind is Kind.CHOICE or _asks(form, place.path, answers)):
                value = [on.isoformat()] if item.kind is Kind.DATE else _answer(item, draw=draw, hard=hard)
                if value is not None:
                    answers[place.path] = value
    return answers


def _asks(form: Definition, path: str, answers: dict[str, list[Any]]) -> bool:
    """Whether the form refuses to be handed in without this item."""
    return any(wrong.path == path for wrong in forms.check(form, answers))


def _answer(item: Item, *, draw: Draw, hard: bool) -> list[Any] | None:
    match item.kind:
        case Kind.CHOICE | Kind.OPEN_CHOICE if item.options:
            calm = item.options[0].code
            other = draw.pick([option.code for option in item.options[: 3 if item.link_id != DANGER_ITEM else 1]])
            worst = item.options[1].code if item.link_id == DANGER_ITEM and hard and len(item.options) > 1 else ""
            return [worst or (other if draw.chance(0.4) else calm)]
        case Kind.BOOLEAN:
            return [draw.chance(0.7)]
        case Kind.INTEGER:
            least = int(item.least) if item.least is not None else 0
            return [least]
        case Kind.STRING | Kind.TEXT:
            return [SAID.get(item.link_id, "As she told it")]
        case _:
            return None
