"""Reads `following.yaml` into `kernel.packs.following`; each mistake in it is a problem of the pack."""

from __future__ import annotations

from typing import Final

from careloom.kernel.clocks import DueRule, EscalationStep, Unit
from careloom.kernel.packs.following import BetweenVisits, Column, Disengagement, Following, Position, Said
from careloom.kernel.packs.reader import Reader

TELLS: Final = ("WORKER", "SUPERVISOR", "PARTNERSHIP")
ROW_FIELDS: Final = (
    "KIND", "CONTACT_ID", "CORRECTS", "CONTACT_DATE", "CONTACT_TIME", "CONTACT_TYPE", "PLACE", "MINUTES", "WITH", "MADE",
    "WORKER", "WORDS", "ENTERED_ON", "LAG_DAYS",
)  # fmt: skip

CODED: Final = ("KIND", "CONTACT_TYPE", "PLACE", "MADE")
SHAPES: Final = {
    "CONTACT_DATE": ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%m%d%Y", "%d-%b-%Y"),
    "ENTERED_ON": ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%m%d%Y", "%d-%b-%Y"),
    "CONTACT_TIME": ("%H:%M", "%H%M", "%I:%M %p"),
}


def read_following(document: Reader) -> Following:
    """Return what the document says; each mistake in it is a problem of the pack."""
    unreached = document.child("unreached")
    found = Following(
        overdue_duty=_steps(document),
        unreached_after_days=unreached.number("days"),
        unreached_after_tries=unreached.number("tries"),
        referral_tries=_tries(document),
        between_visits=_between_visits(document.child("between_visits")),
        disengagement=_disengagement(document.child("disengagement")),
        position=_position(document.child("position")),
        provider_questions=_said(document, "provider_questions"),
    )
    unreached.done()
    document.done()
    return found


def _steps(reader: Reader) -> tuple[EscalationStep, ...]:
    steps = []
    for inner in reader.children("overdue_duty"):
        step = EscalationStep(after_business_days=inner.number("after_business_days"), tell=inner.text("tell"))
        if step.tell not in TELLS:
            inner.problem("Nobody of this name is told.", f"Use one of {', '.join(TELLS)}.", key="tell")
        steps.append(step)
        inner.done()
    if not steps or steps[0].after_business_days != 0:
        reader.problem("What is late must be told at once to somebody.", "Begin with after_business_days: 0.", key="overdue_duty")
    return tuple(steps)


def _tries(document: Reader) -> int:
    tries = document.number("referral_tries")
    if tries < 1:
        document.problem("A referral that nobody tried can not fail.", "Ask for 1 or more.", key="referral_tries")
    return tries


def _between_visits(reader: Reader) -> BetweenVisits:
    asked = BetweenVisits(every_days=reader.number("every_days"), questions=_said(reader, "questions"))
    if asked.every_days < 1:
        reader.problem("She would be asked all day.", "Ask for 1 or more.", key="every_days")
    reader.done()
    return asked


def _disengagement(reader: Reader) -> Disengagement:
    rule = Disengagement(ways=reader.number("ways"), days=reader.number("days"), offers=_said(reader, "offers"), letter=reader.words("letter"))
    # INVARIANT: a family is let go only after several ways of reaching it (plan-content 2.7), and losing touch is never a report (F18).
    if rule.ways < 2:
        reader.problem("One way of reaching a family is too few.", "Ask for 2 or more.", key="ways")
    reader.done()
    return rule


def _position(reader: Reader) -> Position:
    columns = tuple(_column(inner) for inner in reader.children("columns"))
    admits, types = reader.texts("admits_on"), _said(reader, "contact_types")
    for code in admits:
        if code not in {one.code for one in types}:
            reader.problem(f"{code} is no contact type.", "Use a code of contact_types.", key="admits_on")
    position = Position(
        title=reader.words("title"),
        version=reader.text("version"),
        attempts_days=reader.number("attempts_days"),
        admission=reader.words("admission"),
        admits_on=admits,
        discharge_after_days=reader.number("discharge_after_days"),
        discharge_reasons=_said(reader, "discharge_reasons"),
        contact_types=types,
        places=_said(reader, "places"),
        supports=_said(reader, "supports"),
        system=reader.text("system"),
        entry_due=DueRule(unit=Unit.BUSINESS_DAYS, amount=reader.number("entry_business_days")),
        columns=columns,
        columns_verified=reader.flag("columns_verified"),
    )
    reader.done()
    return position


def _texts(reader: Reader | None) -> dict[str, str]:
    return {} if reader is None else {key: reader.text(key) for key in reader.keys()}  # noqa: SIM118  (a reader's keys, which marks them as known)


def _column(reader: Reader) -> Column:
    codes = reader.child("codes") if "codes" in reader else None
    column = Column(
        name=reader.text("name"), field=reader.text("field"), most=reader.number("most", default=0), must=reader.flag("must", default=False),
        codes=_texts(codes), shape=reader.text("shape", default=""),
    )  # fmt: skip
    if column.field not in ROW_FIELDS:
        reader.problem("No contact has this field.", f"Use one of {', '.join(ROW_FIELDS)}.", key="field")
    if column.codes and column.field not in CODED:
        reader.problem("This field has no codes.", f"Leave `codes` out, or use one of {', '.join(CODED)}.", key="codes")
    if column.shape and column.shape not in SHAPES.get(column.field, ()):
        told = ", ".join(SHAPES.get(column.field, ())) or "none: this field is no day and no hour"
        reader.problem("This shape is not known for the field.", f"Use one of {told}.", key="shape")
    reader.done()
    return column


def _said(reader: Reader, key: str) -> tuple[Said, ...]:
    found = []
    for inner in reader.children(key):
        found.append(Said(code=inner.text("code"), words=inner.words("words")))
        inner.done()
    if not found:
        reader.problem("The list is empty.", "Add at least one, or extend the base pack.", key=key)
    return tuple(found)
