"""Step 3: the coordinator and the mother write the plan before birth: family, strengths, needs, goals, team with one lead, consents."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.consents.actions import Draft, NotSigned, Signature, Signed, preview, sign_consent
from careloom.demo.walkthrough.report import hidden
from careloom.demo.walkthrough.walk import BEA, DANA, LENA, PACK, RENEE, RUTH, VERA, Walk
from careloom.health.actions import put_pregnancy
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.access.caseload import assign
from careloom.kernel.disclosure.reasons import FormGap
from careloom.people.actions import PersonFacts, put_family_member, put_person
from careloom.people.queries import family_of
from careloom.plans.actions import Refused, add_goal, add_need, add_strength, add_team_member, agree_plan, start_plan
from careloom.plans.actions.results import Reason
from careloom.plans.models import CareTeamMember, PlanOfSafeCare
from careloom.plans.queries import get_plan, plan_parts
from careloom.portal.actions import Invited, PinAnswer, invite, open_link, set_pin
from careloom.portal.door import her_of

TITLE = "Prenatal plan: written by the coordinator with the mother"
PLAN = ("posc.plan_core", "posc.referral_status")
HER_PIN = "318264"
NEEDS = (
    ("HOUSING", "YES", "Una puerta que yo pueda cerrar.", ""),
    ("EARLY_INTERVENTION", "YES", "Quiero ver cómo crece.", ""),
    ("RECOVERY_CARE", "YES", "El grupo de los lunes es mío.", "With the care she has already"),
    ("PARENTING_CLASS", "NO", "Ya la tomé una vez.", ""),
)


def run(walk: Walk) -> None:
    """The plan from nothing to her yes, and who sees what of it."""
    at = walk.day(-60)
    with walk.acting(DANA, at=at) as by:
        _begin(walk, by, at=at)
        _second_lead(walk, by, at=at)
        _family(walk, by, at=at)
        _content(walk, by, at=at)
    _consents(walk, at=at + timedelta(hours=1))
    _who_sees(walk, at=at + timedelta(hours=2))
    _let_her_in(walk, at=at + timedelta(hours=3))


def _begin(walk: Walk, by: Viewer, *, at: datetime) -> None:
    facts = PersonFacts(role="MOTHER", given_name=walk.given, family_name=walk.family, language=walk.language, phone="555-0164", county="Pine")
    person = put_person(by=by, at=at, facts=facts, category="posc.plan_core", source_id="walkthrough-mother")
    walk.mother_id = person.identity_id
    assign(by=by, worker_id=walk.worker(DANA), identity_ids=[walk.her], at=at)
    due = walk.begins_at.date() + timedelta(days=3)
    pregnancy = put_pregnancy(by=by, at=at, identity_id=walk.her, due_on=due, category="posc.plan_core", source_id="walkthrough-pregnancy")
    ask = {"by": by, "at": at, "mother_id": walk.her, "pregnancy_id": pregnancy.pk, "pack": PACK, "language": walk.language, "level": "L1"}
    made = start_plan(**ask, request_key="walk-plan")
    walk.plan_id = made.pk if isinstance(made, PlanOfSafeCare) else None
    walk.report.need("the coordinator starts a plan for this pregnancy", isinstance(made, PlanOfSafeCare))
    twin = start_plan(**ask, request_key="walk-plan-2")
    walk.report.refused("a second open plan for the same pregnancy", isinstance(twin, Refused) and Reason.HAS_PLAN in twin.reasons)


def _second_lead(walk: Walk, by: Viewer, *, at: datetime) -> None:
    second = add_team_member(
        by=by, at=at, plan_id=walk.plan, name="Bea Lindqvist", role="HOME_VISITOR", request_key="walk-lead", agency_id=walk.agency(BEA),
        worker_id=walk.worker(BEA), leads=True,
    )  # fmt: skip
    walk.report.refused("a second lead on the team", isinstance(second, Refused) and Reason.SECOND_LEAD in second.reasons)
    seat = add_team_member(
        by=by, at=at, plan_id=walk.plan, name="Bea Lindqvist", role="HOME_VISITOR", request_key="walk-seat", agency_id=walk.agency(BEA),
        worker_id=walk.worker(BEA),
    )  # fmt: skip
    leads = sum(row.leads for row in CareTeamMember.objects.filter(plan_id=walk.plan, ends_at=None))
    walk.report.allowed("a home visitor joins the team, which has exactly one lead", isinstance(seat, CareTeamMember) and leads == 1)


def _family(walk: Walk, by: Viewer, *, at: datetime) -> None:
    about = {"by": by, "at": at, "identity_id": walk.her}
    put_family_member(**about, name="Elena", relation="mi mamá", kind="PARENT", contact="OK", wants_services="YES", needs="A ride", strengths="Cooks")
    put_family_member(**about, name="Nobody", relation="mi ex, no lo contacten", kind="OTHER", contact="DO_NOT_CONTACT", unsafe=True)
    walk.report.allowed("she says who her family is, and whom nobody may contact", len(family_of(viewer=by, identity_id=walk.her)) == 2)


def _content(walk: Walk, by: Viewer, *, at: datetime) -> None:
    for code, choice, words, existing in NEEDS:
        need = add_need(
            by=by, at=at, plan_id=walk.plan, code=code, request_key=f"walk-need-{code}", her_choice=choice, her_words=words, existing_service=existing
        )
        walk.needs[code] = need.pk  # type: ignore[union-attr]
    early = agree_plan(by=by, at=at, plan_id=walk.plan, method="SCREEN", request_key="walk-agree-early")
    walk.report.refused("an agreement to needs that stand without a strength", isinstance(early, Refused) and Reason.STRENGTH_NEEDED in early.reasons)
    add_strength(by=by, at=at, plan_id=walk.plan, text="Avisa cuando algo se atrasa.", request_key="walk-strength")
    add_goal(by=by, at=at, plan_id=walk.plan, words="Una casa para los tres.", about="FAMILY", request_key="walk-goal")
    add_goal(by=by, at=at, plan_id=walk.plan, words="Seguir con mi grupo.", theme="RECOVERY", request_key="walk-goal-2")
    alone = agree_plan(by=by, at=at, plan_id=walk.plan, method="SPOKEN", request_key="walk-agree-spoken")
    walk.report.refused("a spoken agreement without a witness", isinstance(alone, Refused) and Reason.WITNESS_NEEDED in alone.reasons)
    version = agree_plan(by=by, at=at, plan_id=walk.plan, method="SCREEN", request_key="walk-agree")
    walk.report.need("she agrees to the plan on the screen, and a version is kept", not isinstance(version, Refused))


def draft_for(walk: Walk, *, to: UUID, information: tuple[str, ...], purpose: str) -> Draft:
    """A release from the program that leads to one agency, with every element of 42 CFR 2.31."""
    return Draft(
        identity_id=walk.her, subject_ids=(walk.her, *(walk.infants if walk.notification_id else ())), kind="specific",
        discloser_ids=(walk.agency(DANA),), recipient_ids=(to,), information=information, purposes=(purpose,),
        expires_on=clock.today() + timedelta(days=180), language=walk.language,
    )  # fmt: skip


def _consents(walk: Walk, *, at: datetime) -> None:
    paper = Signature(method="SCREEN", name=f"{walk.given} {walk.family}", explained_at=at)
    lena = draft_for(walk, to=walk.agency(LENA), information=("posc.plan_core",), purpose="posc_monitoring")
    bea = draft_for(walk, to=walk.agency(BEA), information=PLAN, purpose="care_coordination")
    with walk.acting(LENA, at=at) as by:
        walk.report.refused(
            "child welfare, without a consent, gets the answer for a plan that does not exist", hidden(lambda: get_plan(viewer=by, plan_id=walk.plan))
        )
    with walk.acting(DANA, at=at) as by:
        lacks = sign_consent(by=by, at=at, draft=replace(lena, purposes=()), signature=paper, request_key="walk-consent-empty")
        named = isinstance(lacks, NotSigned) and any(m.element is FormGap.PURPOSE for m in lacks.missing)
        citation = lacks.missing[0].citation if isinstance(lacks, NotSigned) else ""
        walk.report.refused(f"a consent without a purpose; the missing element is named with {citation}", named)
        seen = preview(by=by, at=at, draft=lena, reader=walk.viewer(LENA), read=lambda: PlanOfSafeCare.objects.filter(pk=walk.plan).count())
        walk.report.allowed("the coordinator previews what child welfare would see", seen == 1)
    with walk.acting(LENA, at=at) as by:
        walk.report.refused("after a preview child welfare still sees nothing", hidden(lambda: get_plan(viewer=by, plan_id=walk.plan)))
    with walk.acting(DANA, at=at) as by:
        for key, draft in (("lena", lena), ("bea", bea)):
            signed = sign_consent(by=by, at=at, draft=draft, signature=paper, request_key=f"walk-consent-{key}")
            walk.report.need(f"she signs a separate consent: {'child welfare' if key == 'lena' else 'home visiting'}", isinstance(signed, Signed))
            walk.consents[key] = signed.consent.pk  # type: ignore[union-attr]


def _who_sees(walk: Walk, *, at: datetime) -> None:
    for key, who in ((LENA, "child welfare"), (BEA, "home visiting")):
        with walk.acting(key, at=at) as by:
            parts = plan_parts(viewer=by, plan_id=walk.plan)
            titles = {need.row.code for need in parts.needs}
            plain = "HOUSING" in titles and "RECOVERY_CARE" not in titles
            walk.report.allowed(f"{who} sees the plan by her consent", plain)
            walk.report.refused(
                f"{who} sees nothing of treatment: no need, no goal, no lead of it", plain and parts.lead is None and len(parts.goals) == 1
            )
            named = [m.name for m in family_of(viewer=by, identity_id=walk.her)]
            walk.report.refused(f"{who} does not see the person whom nobody may contact", named == ["Elena"])
    for key, who in (
        (VERA, "public health, which she did not name,"),
        (RUTH, "the state lead"),
        (RENEE, "the hospital, which she did not tell yet,"),
    ):
        with walk.acting(key, at=at) as by:
            walk.report.refused(f"{who} finds no plan", hidden(lambda by=by: get_plan(viewer=by, plan_id=walk.plan)))  # type: ignore[misc]


def _let_her_in(walk: Walk, *, at: datetime) -> None:
    with walk.acting(DANA, at=at) as by:
        done = invite(
            by=by, at=at, identity_id=walk.her, language=walk.language, request_key="walk-door", phone="555-0164", plan_id=walk.plan, by_text=False
        )
    token = done.path.rstrip("/").rsplit("/", 1)[-1] if isinstance(done, Invited) else ""
    with clock.at(at), transaction.atomic():
        person_id = open_link(token=token, at=at)
        walk.report.refused("her sign-in link used a second time", open_link(token=token, at=at) is None)
        door = her_of(person_id=person_id) if person_id else None
        weak = door is not None and set_pin(her=door, pin="123456", at=at) is PinAnswer.WEAK
        walk.report.refused("a PIN that anybody guesses", weak)
        opened = door is not None and set_pin(her=door, pin=HER_PIN, at=at) is PinAnswer.OPEN
    walk.report.need("she opens her own page with a link and her PIN", opened)
    if door is not None:
        walk.principal_id, walk.person_id = door.principal.pk, door.person.pk
