"""Treatment as the program keeps it: episode, medicine, five parts, visits kept, meetings, check-ins; and what some mothers let child welfare read.

A story tells when treatment began, with which medicine, how many visits were kept and which of the five parts there are; nothing else is made up
of it but the plain words that a program writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from careloom.demo.draw import ZONE
from careloom.demo.load.family import Family, Moment
from careloom.demo.load.ground import Ground
from careloom.demo.load.records import meet
from careloom.demo.load.sharing import release
from careloom.demo.story import Treatment
from careloom.infra.access import Viewer, acting_as
from careloom.treatment import actions
from careloom.treatment.codes import Sort
from careloom.treatment.models import Admission, CheckIn, Episode, Medicine

MEDICINE = {
    "METHADONE": "METHADONE", "BUPRENORPHINE": "BUPRENORPHINE", "BUPRENORPHINE_NALOXONE": "BUPRENORPHINE_NALOXONE", "NALTREXONE": "NALTREXONE",
}  # fmt: skip
# The stories' five parts by the names of the catalogue.
PARTS = {
    "medication": "MEDICINE", "counseling": "COUNSELING", "support": "PEER_AND_FAMILY_SUPPORT", "services": "PRENATAL_AND_CHILD_CARE",
    "testing": "DRUG_TESTING_AGREED",
}  # fmt: skip
# The programs, each with a supervisor who sees its whole queue.
PROGRAMS = {"riverbend": "thistlegate", "cedar_path": "greyhollow"}
DAY = timedelta(days=1)
WATCHED = ("posc.plan_core", "part2.presence", "part2.treatment_summary", "part2.attendance")

# Her plan for hard days, in the language in which she reads it.
HARD_DAYS: dict[str, dict[str, Any]] = {
    "en": {
        "triggers": "Nights without sleep, and being alone with it.", "skills": ["A walk with the stroller", "Calling before it gets late", "Music"],
        "people": ["Her sponsor", "Her mother"], "caregivers": ["Her mother"],
    },
    "es": {
        "triggers": "Las noches sin dormir, y estar sola con eso.", "skills": ["Caminar con la carriola", "Llamar antes de que sea tarde", "Música"],
        "people": ["Su madrina del grupo", "Su mamá"], "caregivers": ["Su mamá"],
    },
}  # fmt: skip


def moments(family: Family) -> Iterator[Moment]:
    """What the program wrote down, each entry on its own day, from the day on which it knows her in this county until the day before yesterday."""
    story, treated = family.story, family.story.treatment
    if treated is None or not family.ground.agencies[treated.agency_key].is_part2_program:
        return
    last = family.county.day(-2)
    if treated.started_on > last or (not story.infants and story.plan is None):
        return
    known = [row for row in (story.plan.started_on if story.plan else None, _born_on(family)) if row is not None]
    first = min(max([treated.started_on, min(known, default=last)]) + DAY, last)
    days = sorted({max(on, first) for _, on, _ in _entries(family, treated, today=last, seen=last)} | {first, last})
    for day in days:
        yield Moment(at=family.on(day, 17), order=70, play=lambda at, first=day == first: write_down(family, treated, at=at, first=first))  # type: ignore[misc]
    if story.infants:
        begun = max(first, story.infants[0].born_at.astimezone(ZONE).date() + 2 * DAY)
        if begun <= last:
            yield Moment(at=family.on(begun, 17, 30), order=71, play=lambda at: plan_check_ins(family, treated, at=at))
    for on in (on for on in treated.returned_to_use_on if first <= on <= last):
        yield Moment(at=family.on(on + DAY, 13), order=73, play=lambda at, on=on: used_again(family, treated, on=on, at=at))  # type: ignore[misc]
    if treated.ended_on is not None and first < treated.ended_on <= last:
        yield Moment(at=family.on(treated.ended_on, 17, 15), order=71, play=lambda at: it_ended(family, treated, at=at))
    yield Moment(at=family.on(last, 18), order=72, play=lambda at: settle(family, treated, at=at))


def _born_on(family: Family) -> date | None:
    return family.story.infants[0].born_at.astimezone(ZONE).date() if family.story.infants else None


def her_worker(family: Family, treated: Treatment) -> str:
    """Who writes in her record at the program: the lead where the program leads, else who takes families there."""
    leads = family.story.plan is not None and bool(family.story.plan.leads) and family.lead_agency == treated.agency_key
    return family.lead_key if leads and family.agency_of(family.lead_key) == treated.agency_key else family.hand(treated.agency_key)


def write_down(family: Family, treated: Treatment, *, at: datetime, first: bool) -> None:
    """The entries of a day as her worker at the program wrote them; on the first day with all that lies before it."""
    if family.mother_id is None:
        return
    worker, today = her_worker(family, treated), at.astimezone(ZONE).date()
    meet(family, treated.agency_key, worker=worker, at=at)
    with family.acting(worker) as by:
        for sort, on, values in _entries(family, treated, today=family.county.day(-2), seen=today):
            if on == today or (first and on < today):
                add(family, by, sort, on=on, at=at, values=values)


def it_ended(family: Family, treated: Treatment, *, at: datetime) -> None:
    """Her time in treatment ended: the day stands in the episode and in the medicine."""
    if family.mother_id is None:
        return
    today = at.astimezone(ZONE).date()
    with family.acting(her_worker(family, treated)) as by:
        told = {sort: values for sort, on, values in _entries(family, treated, today=today, seen=today) if on == treated.started_on}
        for sort, model in ((Sort.EPISODE, Episode), (Sort.MEDICINE, Medicine)):
            row = model.objects.filter(holder_id=by.holder_id, identity_id=family.her, happened_on=treated.started_on, taken_back_at=None).first()
            if row is not None and sort in told:
                family.count(actions.change_entry(
                    by=by, at=at, sort=sort, entry_id=row.pk, on=treated.started_on, values=told[sort], row_version=row.row_version
                ))  # fmt: skip


def used_again(family: Family, treated: Treatment, *, on: date, at: datetime) -> None:
    """A return to use, as she told it herself: the plan of the same agency is looked at again, somebody sees her, and nobody is reported."""
    if family.mother_id is None:
        return
    values = {"told_by": "HERSELF", "words": "She said it herself, the day after.", "helps_now": "A visit the same week, and her groups."}
    with family.acting(her_worker(family, treated)) as by:
        add(family, by, Sort.RETURN, on=on, at=at, values=values)


def settle(family: Family, treated: Treatment, *, at: datetime) -> None:
    """What stands at the end: check-ins that were held, a place in the queue that is not needed, what child welfare may read."""
    if family.mother_id is None:
        return
    with family.acting(her_worker(family, treated)) as by:
        _check_ins(family, by, at=at)
        _queue(family, by, treated, at=at)
        if family.story.child_welfare is not None:
            _let_child_welfare_read(family, by, at=at)


def plan_check_ins(family: Family, treated: Treatment, *, at: datetime) -> None:
    """The days after a birth on which somebody asks how she is, as the pack has them."""
    born = _born_on(family)
    if family.mother_id is None or born is None:
        return
    with family.acting(her_worker(family, treated)) as by:
        actions.plan_check_ins(by=by, at=at, identity_id=family.her, born_on=born)  # a birth long ago has none ahead, which is no fault of the story


def add(family: Family, by: Viewer, sort: Sort, *, on: date, at: datetime, values: dict[str, Any]) -> None:
    """One entry; what the rules refuse is counted."""
    key = family.key(family.story.key, "treatment", sort.lower(), f"{on:%m%d}")
    family.count(actions.add_entry(by=by, at=at, identity_id=family.her, sort=sort, on=on, values=values, request_key=key))


def _entries(family: Family, treated: Treatment, *, today: date, seen: date) -> Iterator[tuple[Sort, date, dict[str, Any]]]:
    begun, ended, spanish = treated.started_on, treated.ended_on, family.story.mother.language == "es"
    number, last = family.story.number, min(treated.ended_on or today, today)
    if number % 3 == 0:  # recovery is often more than one time in treatment
        yield Sort.EPISODE, begun - timedelta(days=900), {
            "program": "Old Mill Clinic", "elsewhere": True, "ends_on": begun - timedelta(days=640), "level": "3.5", "ended_how": "LEFT",
            "source": "SHE_SAYS",
        }  # fmt: skip
    level = "OTP" if treated.medicine == "METHADONE" else "2.1" if number % 2 else "1"
    over = ended is not None and ended <= seen
    yield Sort.EPISODE, begun, {
        "program": "", "elsewhere": False, "ends_on": ended if over else None, "level": level, "ended_how": "TRANSFERRED" if over else "",
    }  # fmt: skip
    if treated.medicine in MEDICINE:
        pregnant = not family.story.infants or family.story.infants[0].born_at.date() > begun
        yield Sort.MEDICINE, begun, {
            "code": MEDICINE[treated.medicine], "dose": "", "prescriber": "Curtis Fernhallow" if treated.agency_key == "riverbend" else "",
            "pregnant": pregnant, "ends_on": ended if over else None,
        }  # fmt: skip
    there = set(treated.components_present)
    yield Sort.COMPONENTS, last, {name: "IN_PLACE" if part in there else "NOT_YET" for name, part in PARTS.items()} | {"words": ""}
    if treated.visits_planned:
        yield Sort.ATTENDANCE, last, {"from_on": max(begun, last - timedelta(days=90)), "band": band(treated.visits_kept, treated.visits_planned)}
    yield Sort.PROGRESS, last, {
        "goals": "Stay well on her medicine, and have calm mornings with the baby.",
        "schedule": "Group Monday and Thursday, prescriber once a month.",
        "going": "She comes, and says early when something gets in the way.", "supports": "A ride on group days.",
    }  # fmt: skip
    yield Sort.SUPPORT, max(begun, last - timedelta(days=30)), HARD_DAYS["es" if spanish else "en"] | {"naloxone": "AT_HOME"}
    yield Sort.EDUCATION, max(begun, last - timedelta(days=20)), {
        "topics": ["WHAT_IT_IS", "WHAT_TO_EXPECT", "WHAT_HELPS", "KEEP_MEDICINE"], "how": "TALKED", "language": "es" if spanish else "en",
        "given_by": "Her care coordinator", "her_questions": "",
    }  # fmt: skip
    if "DRUG_TESTING_AGREED" in there:
        yield from _tests(treated, last=last, odd=number % 7 == 2)
    if family.story.child_welfare is not None:
        yield Sort.MEETING, max(begun, last - timedelta(days=9)), {
            "present": "Her care coordinator; her child welfare worker", "she_took_part": True, "supports": "A bed for the baby, and a ride.",
            "going": "She keeps her groups and takes her medicine. Sleep is hard.", "her_words": "", "next_on": last + timedelta(days=30),
            "copy_given_on": last, "copy_how": "PAPER",
        }  # fmt: skip


def _tests(treated: Treatment, *, last: date, odd: bool) -> Iterator[tuple[Sort, date, dict[str, Any]]]:
    """Two agreed tests with who reviewed them and what they mean; one of the earlier ones found something, which is no trigger of anything alone."""
    for days, finds in ((34, odd), (6, False)):
        day = max(treated.started_on, last - timedelta(days=days))
        yield Sort.TEST, day, {
            "specimen": "URINE", "result": "NOT_AS_EXPECTED" if finds else "AS_EXPECTED", "found": "A stimulant" if finds else "",
            "reviewer": "Curtis Fernhallow", "reviewed_on": min(day + 2 * DAY, last),
            "meaning": "She told of it before the test. The plan was looked at together." if finds else "Her own medicine, nothing else.",
        }  # fmt: skip
        if day == treated.started_on:
            return


def band(kept: int, planned: int) -> str:
    """Visits kept as a band."""
    share = kept / planned
    return "NEARLY_ALL" if share >= 0.9 else "MOST" if share >= 0.65 else "SOME" if share >= 0.4 else "FEW"


def _check_ins(family: Family, by: Viewer, *, at: datetime) -> None:
    """Check-ins whose day came were held, but for one family in six."""
    if not family.story.infants or family.story.number % 6 == 0:
        return
    for row in CheckIn.objects.filter(holder_id=by.holder_id, identity_id=family.her, held_on=None, happened_on__lte=at.astimezone(ZONE).date()):
        hold_check_in(family, row, by=by, at=at)


def hold_check_in(family: Family, row: CheckIn, *, by: Viewer, at: datetime) -> None:
    """A check-in was held on its day, with what is hard and what helps."""
    held = {
        "born_on": row.born_on, "held_on": row.happened_on, "stresses": ["SLEEP"], "words": "", "helps": "Her mother takes the baby for an hour.",
    }  # fmt: skip
    family.count(actions.change_entry(
        by=by, at=at, sort=Sort.CHECK_IN, entry_id=row.pk, on=row.happened_on, values=held, row_version=row.row_version
    ))  # fmt: skip


def _queue(family: Family, by: Viewer, treated: Treatment, *, at: datetime) -> None:
    """Who waits at the program that treats her was admitted, and its referral needs no place in the queue."""
    for row in Admission.objects.filter(holder_id=by.holder_id, identity_id=family.her, state__in=("WAITING", "INTERIM")):
        family.count(actions.close_admission(by=by, at=at, admission_id=row.pk, because="OTHER", row_version=row.row_version))


def settle_queue(ground: Ground, *, at: datetime) -> None:
    """What programs do for those who wait: interim services for who is pregnant, but for who asked within the last days."""
    for key in PROGRAMS:
        by = ground.viewer(PROGRAMS[key])
        with transaction.atomic(), acting_as(by):
            for row in Admission.objects.filter(holder_id=by.holder_id, state="WAITING", pregnant=True, interim_due_at__lt=at):
                given = ("PREGNANCY_EFFECTS", "PRENATAL_CARE", "NALOXONE", "PEER")
                actions.give_interim(by=by, at=at, admission_id=row.pk, services=given, words="", row_version=row.row_version)


def _let_child_welfare_read(family: Family, by: Viewer, *, at: datetime) -> None:
    case = family.story.child_welfare
    assert case is not None
    agency = case.agency_key
    release(
        family, by=by, at=at, discloser=by.holder_id, recipient=family.agency_id(agency), information=WATCHED,
        purposes=("posc_monitoring", "care_coordination"), key=family.key(family.story.key, "progress"),
    )  # fmt: skip
