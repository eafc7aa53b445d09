"""Step 4: the birth. The hospital's notification by the pack's rules, the plan found by her card only, and a row that joins nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from careloom.demo.walkthrough.attacker import finds
from careloom.demo.walkthrough.report import hidden
from careloom.demo.walkthrough.walk import DANA, PACK, RENEE, Walk
from careloom.infra.access import Viewer
from careloom.notifications.actions import NotReady, Sent, Told, receipts_of, run_batch, save_facts, send_notification, start_notification
from careloom.notifications.facts import ExposureFact, NotificationFacts, changed, from_json
from careloom.notifications.models import DeidentifiedNotification, Notification
from careloom.plans.actions import BirthRecorded, record_birth
from careloom.plans.models import PlanInfant, PlanOfSafeCare
from careloom.plans.queries import get_plan, plan_parts, plans_of
from careloom.portal.actions import CardUsed, NoCard, make_card, use_card

TITLE = "Birth: the notification, and the plan that her card opens"
MOST_INPUTS = 12


def run(walk: Walk) -> None:
    """Notify, find the plan, record the birth, write the night's batch, and attack it."""
    at = walk.day(1, hour=4)
    _card(walk, at=at)
    _notify(walk, at=at + timedelta(minutes=20))
    _record(walk, at=at + timedelta(minutes=40))
    _attack(walk)


def _card(walk: Walk, *, at: datetime) -> None:
    theirs = walk.hospital_mother_id
    if theirs is None:
        raise LookupError("The import comes first.")
    with walk.acting(RENEE, at=at) as by:
        walk.report.refused("the hospital looks for a prenatal plan by itself and finds none", not plans_of(viewer=by, identity_ids=[theirs]))
        wrong = use_card(by=by, at=at, identity_id=theirs, code="AAAA2222")
        walk.report.refused("a code that is not hers opens nothing", isinstance(wrong, NoCard))
    with walk.herself(at=at) as her:
        card = make_card(by=her, at=at, person_id=walk.person_id, shares_program=False, shares_plan=True)  # type: ignore[arg-type]
    with walk.acting(RENEE, at=at) as by:
        used = use_card(by=by, at=at, identity_id=theirs, code=card.code)
        seen = isinstance(used, CardUsed) and not hidden(lambda: get_plan(viewer=by, plan_id=walk.plan))
        walk.report.need("the mother shows her card, and her plan opens to the hospital", seen)
        walk.report.refused("the same code a second time", isinstance(use_card(by=by, at=at, identity_id=walk.her, code=card.code), NoCard))
        codes = {need.row.code for need in plan_parts(viewer=by, plan_id=walk.plan).needs}
        walk.report.refused("what the treatment program knows stays closed to the hospital: she did not tick it", "RECOVERY_CARE" not in codes)


def _notify(walk: Walk, *, at: datetime) -> None:
    with walk.acting(RENEE, at=at) as by:
        row = start_notification(by=by, at=at, mother_id=walk.her, birth_ids=list(walk.births), pack=PACK, request_key="walk-notice")
        walk.notification_id = row.pk
        facts = from_json(row.facts)
        early = send_notification(by=by, at=at, notification_id=row.pk)
        walk.report.refused("sending before the mother is told and the questions are answered", isinstance(early, NotReady))
        answers = _answers(facts)
        inputs = sum(getattr(answers, name) != getattr(facts, name) for name in NotificationFacts.__dataclass_fields__)
        walk.report.allowed(f"the chart prefills the rest: {inputs} inputs by hand, at most {MOST_INPUTS}", inputs <= MOST_INPUTS)
        save_facts(by=by, at=at, notification_id=row.pk, facts=answers, row_version=row.row_version)
        sent = send_notification(by=by, at=at, notification_id=row.pk, told=Told(at=at, how="IN_HER_LANGUAGE"))
        held = isinstance(sent, Sent) and sent.notification.answer["notify"] == "DEIDENTIFIED" and not sent.notification.answer["report"]
        level = sent.notification.answer.get("level") if isinstance(sent, Sent) else "none"
        walk.report.need(f"the rules answer {level}: notify without names, no report, a plan is offered", held)
        twice = send_notification(by=by, at=at, notification_id=row.pk)
        walk.report.refused("sending it twice", isinstance(twice, Sent) and twice.receipts == sent.receipts)  # type: ignore[union-attr]
    with walk.acting(DANA, at=at):
        walk.report.refused("the treatment program sees nothing of the hospital's notification", not Notification.objects.exists())


def _answers(facts: NotificationFacts) -> NotificationFacts:
    """What the worker asks the mother. A chart that names no prescription gets her own answer: the medicine of her treatment."""
    # A diagnosis or a test that only repeats what is prescribed is no second substance; the worker keeps the prescription.
    told = tuple(e for e in facts.exposures if e.prescribed == "YES") or (
        ExposureFact(substance="BUPRENORPHINE", prescribed="YES", as_prescribed="YES", known_from=("SELF_REPORT",)),
    )
    return changed(
        facts, exposures=told, as_prescribed="YES" if any(e.prescribed == "YES" for e in told) else "", in_treatment="YES", safety_concern="NO",
        plan_status="HAS_CARD", told_mother="YES", told_how="IN_HER_LANGUAGE",
    )  # fmt: skip


def _record(walk: Walk, *, at: datetime) -> None:
    from careloom.plans.actions import InfantBorn

    infants = tuple(InfantBorn(identity_id=i, birth_id=b) for i, b in zip(walk.infants, walk.births, strict=True))
    with walk.acting(RENEE, at=at) as by:
        done = record_birth(by=by, at=at, plan_id=walk.plan, born_on=walk.born_on, infants=infants)
        walk.report.need(
            "the hospital records the birth in the plan, and a version is kept", isinstance(done, BirthRecorded) and done.version is not None
        )
    with walk.acting(DANA, at=at) as by:
        parts = plan_parts(viewer=by, plan_id=walk.plan)
        one = parts.plan.kind == "POSTNATAL" and len(parts.infants) == len(walk.infants)
        walk.report.allowed(
            f"it is one plan with {len(walk.infants)} infant(s), and its reviews are counted from the birth", one and bool(parts.reviews)
        )
        walk.report.refused("the birth opened a second plan", PlanOfSafeCare.objects.count() == 1)
        again = _again(walk, by, at=at)
        walk.report.allowed("recording the same birth twice changes nothing", again)


def _again(walk: Walk, by: Viewer, *, at: datetime) -> bool:
    before = PlanInfant.objects.filter(plan_id=walk.plan).count()
    from careloom.plans.actions import InfantBorn

    infants = tuple(InfantBorn(identity_id=i, birth_id=b) for i, b in zip(walk.infants, walk.births, strict=True))
    done = record_birth(by=by, at=at, plan_id=walk.plan, born_on=walk.born_on, infants=infants)
    return isinstance(done, BirthRecorded) and done.version is None and PlanInfant.objects.filter(plan_id=walk.plan).count() == before


def _attack(walk: Walk) -> None:
    written = run_batch()
    walk.report.allowed(f"the nightly batch writes {written} row(s) without names", written >= len(walk.infants))
    with walk.acting(RENEE, at=walk.day(2)):
        row = Notification.objects.get(pk=walk.notification_id)
        receipts = receipts_of(row)
        counted = DeidentifiedNotification.objects.filter(receipt__in=receipts).count()
    walk.report.allowed("only the hospital, with its own key, finds its rows again", counted == len(walk.infants) == len(receipts))
    found = finds(receipts)
    walk.report.refused(f"an attacker with the whole database joins such a row to a family (looked through {found.tables} tables)", not found.places)
