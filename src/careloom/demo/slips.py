"""How agencies wrote her down, with the slips that real records have: the raw material of matching."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from careloom.demo import parameters as p
from careloom.demo.draw import Draw
from careloom.demo.ground import Ground
from careloom.demo.parameters import data
from careloom.demo.people import Mother, RecordAsKept
from careloom.demo.story import BirthNotification, Plan, Pregnancy


def draw_records(
    *, ground: Ground, number: int, mother: Mother, pregnancy: Pregnancy, plan: Plan | None, notification: BirthNotification | None
) -> tuple[tuple[RecordAsKept, ...], tuple[str, ...]]:
    """One record for each agency that met her, and the names of the slips in this family."""
    draw = ground.draw(table="record", number=number)
    slips: list[str] = []
    places = [pregnancy.hospital_key if notification else pregnancy.obstetric_key]
    if plan and plan.leads:
        places += [lead.agency_key for lead in plan.leads if lead.agency_key not in places]
    start = notification.made_on if notification else plan.offered_on if plan else ground.day(-1)
    rows = [
        RecordAsKept(
            agency_key=place,
            given=mother.given,
            family=mother.family,
            birth_on=mother.birth_on,
            mrn=f"SYN-{number:07d}-{place[:3].upper()}",
            race_ethnicity=mother.race_ethnicity,
            entered_on=min(start, plan.started_on) if plan and plan.started_on else start,
        )
        for place in places
    ]
    varied, wrong, variant = draw.chance(p.NAME_VARIANT), draw.chance(p.WRONG_BIRTH_DATE), _variant(draw=draw, mother=mother)
    shift = draw.pick((-30, -10, -1, 1, 10, 30))
    if varied and number > 10:
        rows[0] = replace(rows[0], given=variant[0], family=variant[1], slip=variant[2])
        slips.append("NAME_VARIANT")
    if wrong and number > 10:
        rows[-1] = replace(rows[-1], birth_on=mother.birth_on + timedelta(days=shift), slip="WRONG_BIRTH_DATE")
        slips.append("WRONG_BIRTH_DATE")
    if notification and notification.copies > 1:
        slips.append("DUPLICATE_NOTIFICATION")
    if notification and notification.is_late:
        slips.append("LATE_ENTRY")
    if mother.address is None and not mother.is_unhoused:
        slips.append("MISSING_ADDRESS")
    if mother.race_ethnicity is None:
        slips.append("MISSING_RACE")
    return tuple(rows), tuple(slips)


def _variant(*, draw: Draw, mother: Mother) -> tuple[str, str, str]:
    """A nickname, family names in another order or joined, an accent lost, or a letter slipped."""
    names = mother.family.split(" ")
    short = data("first_names")["short"].get(mother.given)
    way = draw.share()
    if short and way < 0.4:
        return short, mother.family, "NICKNAME"
    if len(names) == 2 and way < 0.7:
        return mother.given, f"{names[1]} {names[0]}", "NAMES_IN_OTHER_ORDER"
    if len(names) == 2:
        return mother.given, names[0], "ONE_NAME_LEFT_OUT"
    place = draw.whole(1, len(mother.family) - 3)
    swapped = mother.family[:place] + mother.family[place + 1] + mother.family[place] + mother.family[place + 2 :]
    return mother.given, swapped, "LETTERS_SWAPPED"
