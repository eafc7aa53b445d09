"""What always holds of the disclosure kernel, in plain English, on generated worlds."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from careloom.exchange.disclosure_jsonl import decide_lines
from careloom.kernel.disclosure import (
    Actor,
    Agreement,
    Category,
    Consent,
    ConsentKind,
    CourtOrder,
    Facts,
    Provenance,
    Purpose,
    Request,
    Scenario,
    Source,
    Subject,
    decide,
)

NAMES = st.sampled_from(["Willow Program", "Pine Agency", "Harbor Hospital", "Cedar Clinic", "-"])
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
FLAGS = [name for name, field in Facts.__dataclass_fields__.items() if field.type == "bool | None"]
FACTS = st.dictionaries(st.sampled_from(FLAGS), st.booleans(), max_size=8).map(lambda chosen: Facts(**chosen))
REQUESTS = st.builds(
    Request,
    actor=st.sampled_from(Actor),
    actor_org=NAMES,
    subject=st.sampled_from(Subject),
    category=st.sampled_from(Category),
    purpose=st.sampled_from(Purpose),
    on=DAYS,
)
SOURCES = st.builds(
    Source,
    holder=NAMES,
    holder_type=st.sampled_from(["hospital", "part2_program", "cps_agency", "school"]),
    is_covered_entity=st.booleans(),
    is_part2_program=st.booleans(),
    provenance=st.sampled_from(Provenance),
    received_via=st.sampled_from(["C1", None]),
)
WORDS: dict[str, Any] = {
    "recipients": st.lists(NAMES, max_size=2).map(tuple),
    "info": st.lists(st.sampled_from([c.value for c in Category]), max_size=3).map(tuple),
    "purposes": st.lists(st.sampled_from([p.value for p in Purpose]), max_size=2).map(tuple),
}
CONSENTS = st.builds(
    Consent, id=st.just("C1"), discloser=NAMES, signer=st.sampled_from(["mother", "friend", "other_parent"]), signed=DAYS, expires=DAYS, **WORDS
)
ORDERS = st.builds(CourtOrder, id=st.just("O1"), court=NAMES, issued=DAYS, scope=WORDS["info"], recipients=WORDS["recipients"])
AGREEMENTS = st.builds(Agreement, id=st.just("A1"), parties=WORDS["recipients"], start=DAYS, end=DAYS)
WORLDS = st.builds(
    Scenario,
    request=REQUESTS,
    source=SOURCES,
    consents=st.lists(CONSENTS, max_size=3).map(tuple),
    orders=st.lists(ORDERS, max_size=2).map(tuple),
    agreements=st.lists(AGREEMENTS, max_size=2).map(tuple),
    facts=FACTS,
)
PROGRAM = Source(
    holder="Willow Program", holder_type="part2_program", is_covered_entity=True, is_part2_program=True, provenance=Provenance.ORIGINATING
)
KINDS = [ConsentKind.SPECIFIC, ConsentKind.TPO_SINGLE, ConsentKind.PLAN_AGREEMENT, ConsentKind.HIPAA_AUTHORIZATION, ConsentKind.CAPTA_RELEASE]


@st.composite
def consented(draw: st.DrawFn) -> Scenario:
    """A program, an outside recipient, and a consent that names all of it."""
    category = draw(st.sampled_from([c for c in Category if c.family == "part2" and "notes" not in c.value]))
    purpose = draw(st.sampled_from([Purpose.POSC_MONITORING, Purpose.CARE_COORDINATION, Purpose.SAFETY_ASSESSMENT]))
    actor = draw(st.sampled_from([Actor.CPS_AGENCY, Actor.HOME_VISITING, Actor.TRIBAL_ICWA, Actor.GAL_CASA, Actor.HOUSING, Actor.COURT]))
    request = Request(actor=actor, actor_org="Pine Agency", subject=Subject.MOTHER, category=category, purpose=purpose, on=draw(DAYS))
    consent = Consent(
        id="C1",
        kind=ConsentKind.SPECIFIC,
        patient=Subject.MOTHER,
        discloser=PROGRAM.holder,
        recipients=("Pine Agency",),
        info=(category.value,),
        purposes=(purpose.value,),
        signed=date(2025, 12, 1),
        expires=date(2027, 1, 31),
        signer="mother",
    )
    consent = replace(consent, statements=replace(consent.statements, revocation_right=True))
    return Scenario(request=request, source=PROGRAM, consents=(consent,))


@given(REQUESTS)
def test_a_program_tells_an_outsider_nothing_when_there_is_no_paper_and_no_fact(request: Request) -> None:
    """The default is deny: without consent, order, agreement or fact only the patient sees a program's record."""
    assume(request.actor is not Actor.PATIENT)
    assert not decide(Scenario(request=request, source=PROGRAM)).permits


@given(consented())
def test_a_conforming_consent_opens_and_its_removal_closes(world: Scenario) -> None:
    """Removing the basis turns permit into deny."""
    assert decide(world).permits
    assert not decide(replace(world, consents=())).permits


@given(consented(), st.integers(0, 400))
def test_a_revoked_consent_discloses_nothing_from_that_day(world: Scenario, days: int) -> None:
    """A consent that was revoked on or before the day of the request discloses nothing."""
    revoked = replace(world.consents[0], revoked=world.on - timedelta(days=days))
    assert not decide(replace(world, consents=(revoked,))).permits


@given(consented(), st.integers(1, 400))
def test_an_expired_consent_discloses_nothing(world: Scenario, days: int) -> None:
    """A date past expiry denies; the last day itself still counts."""
    consent = world.consents[0]
    assert not decide(replace(world, consents=(replace(consent, expires=world.on - timedelta(days=days)),))).permits
    assert decide(replace(world, consents=(replace(consent, expires=world.on),))).permits


@given(consented(), REQUESTS)
def test_a_consent_reaches_no_further_than_its_words(world: Scenario, other: Request) -> None:
    """Another recipient, person, category or purpose than the consent names gets nothing."""
    assume(other.actor is not Actor.PATIENT)
    mine = world.request
    named = (other.actor_org, other.subject) == (mine.actor_org, mine.subject) and other.purpose is mine.purpose
    assume(not (named and other.category in {mine.category, *((c for c in Category) if mine.category is Category.PART2_FULL_RECORD else ())}))
    assume(other.subject is not Subject.INFANT)
    assert not decide(replace(world, request=other)).permits


@given(consented(), st.sampled_from([Purpose.DEPENDENCY_PROCEEDING, Purpose.CRIMINAL_PROCEEDING, Purpose.PERMANENCY_HEARING]))
def test_a_proceeding_needs_its_own_consent_or_order(world: Scenario, purpose: Purpose) -> None:
    """A proceeding against the patient denies, even when an ordinary consent names it."""
    consent = replace(world.consents[0], purposes=(purpose.value,))
    assert not decide(replace(world, request=replace(world.request, purpose=purpose), consents=(consent,))).permits
    assert not decide(replace(world, facts=Facts(against_patient=True))).permits


@given(consented(), FACTS)
def test_a_prohibition_beats_any_permission(world: Scenario, facts: Facts) -> None:
    """What was sent by mistake stays closed whatever consents and facts stand beside it."""
    assert not decide(replace(world, facts=replace(facts, inadvertent_disclosure=True))).permits


@given(WORLDS, st.randoms(use_true_random=False))
def test_order_and_duplicates_of_papers_change_nothing(world: Scenario, shuffle: Any) -> None:
    """The answer depends on which papers there are, not on how they lie."""

    def stir(papers: tuple[Any, ...]) -> tuple[Any, ...]:
        twice = [*papers, *papers]
        shuffle.shuffle(twice)
        return tuple(twice)

    stirred = replace(world, consents=stir(world.consents), orders=stir(world.orders), agreements=stir(world.agreements))
    assert decide(stirred) == decide(world)


@given(WORLDS, CONSENTS, st.sampled_from(KINDS))
def test_an_unrelated_consent_never_opens_anything(world: Scenario, consent: Consent, kind: ConsentKind) -> None:
    """A consent of somebody else, to somebody else, never turns deny into permit."""
    assume(not decide(world).permits)
    stranger = replace(consent, id="C9", kind=kind, patient=Subject.SIBLING, discloser="Elsewhere", recipients=("Nobody Here",))
    assert not decide(replace(world, consents=(*world.consents, stranger))).permits


@given(consented(), FACTS, st.sampled_from(KINDS))
def test_the_mothers_consent_never_opens_the_other_parents_record(world: Scenario, facts: Facts, kind: ConsentKind) -> None:
    """Adding the mother's consent never changes a refusal about the other parent."""
    about_him = replace(world, request=replace(world.request, subject=Subject.OTHER_PARENT), facts=facts)
    mothers = (replace(world.consents[0], kind=kind),)
    assert decide(replace(about_him, consents=mothers)).permits == decide(replace(about_him, consents=())).permits


@given(WORLDS, st.sampled_from(["actor", "subject", "category", "purpose", "on"]))
def test_what_is_missing_is_refused(world: Scenario, missing: str) -> None:
    """A question without a date, a scope or a recipient is denied."""
    hole: dict[str, Any] = {missing: None}
    assert not decide(replace(world, request=replace(world.request, **hole))).permits


@given(WORLDS)
def test_every_answer_says_why(world: Scenario) -> None:
    """Each answer has a basis, a reason in words, and whole citations; a permit never claims an end before its day."""
    decision = decide(world)
    assert decision.basis
    assert all(reason.sentence.endswith(".") for reason in decision.reasons)
    assert all(";" not in citation and "), (" not in citation for citation in decision.basis)
    assert decision.ends_on is None or decision.ends_on >= world.on


JSON: Callable[[], st.SearchStrategy[Any]] = lambda: st.recursive(  # noqa: E731
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(), lambda inner: st.lists(inner, max_size=3), max_leaves=4
)
SHAPED = st.fixed_dictionaries(
    {
        "id": JSON(),
        "given": st.fixed_dictionaries(
            {
                "source": st.dictionaries(st.sampled_from(["holder", "provenance", "holder_is_part2_program"]), JSON()),
                "consents": st.lists(st.dictionaries(st.sampled_from(["kind", "signed", "info", "statements", "purpose"]), JSON()), max_size=2)
                | JSON(),
                "facts": st.dictionaries(st.sampled_from([*FLAGS, "restriction", "services_dates", "fields", "min_cell"]), JSON()) | JSON(),
            }
        ),
        "request": st.dictionaries(st.sampled_from(["category", "purpose", "date", "subject", "actor_org_type"]), JSON()) | JSON(),
    }
)


@settings(max_examples=300)
@given(st.lists(SHAPED.map(json.dumps) | st.text(max_size=30) | st.binary(max_size=30), max_size=4))
def test_no_line_crashes_the_reader_or_is_permitted_by_noise(lines: list[str | bytes]) -> None:
    """Any text at all gives an error line or a denial, one for each line that is not empty."""
    out = io.StringIO()
    fine = decide_lines(lines=lines, out=out)
    answers = [json.loads(text) for text in out.getvalue().splitlines()]
    assert len(answers) == sum(bool(line.strip()) for line in lines)
    assert fine == all("error" not in answer for answer in answers)
    assert all(answer.get("decision", "deny") == "deny" for answer in answers)
