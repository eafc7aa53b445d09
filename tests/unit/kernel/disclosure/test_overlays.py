"""Stricter law of a place: what it closes, what it adds, what it never does, and whose review counts."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.spec.disclosure.rows import AGENCY, CPS, ORDER, SPECIFIC, TODAY, world
from tests.spec.disclosure.test_other_pairs import CASE, FINDING, JUDGE, agency

from careloom.config.cli import main
from careloom.infra.packs import load_pack, validate_pack
from careloom.infra.packs.fingerprints import fingerprints
from careloom.kernel.disclosure import Actor, Category, ConsentKind, Obligation, Outcome, Purpose, Subject, decide
from careloom.kernel.disclosure.overlays import FEDERAL, LocalLaw, Overlay, PaperTest, decide_under

BEGUN = date(2020, 1, 1)
COURT_CASE = replace(JUDGE, category=Category.CW_CASE_RECORD)
SEEN = agency(COURT_CASE, orders=FINDING)
REPORT = replace(CASE, actor=Actor.HOME_VISITING, actor_org="Bright Visits", category=Category.CW_REPORT, purpose=Purpose.CARE_COORDINATION)
RELEASE = replace(SPECIFIC, discloser=AGENCY, recipients=("Bright Visits",), info=("cw.report",), purposes=("care_coordination",))


def law(**more: object) -> LocalLaw:
    """One overlay on attendance at a program."""
    words: dict[str, object] = {"categories": frozenset({Category.PART2_ATTENDANCE}), "closes": True, **more}
    return LocalLaw(overlays=(Overlay(name="TEST", says="Closed here.", citations=("Rule 1",), effective_from=BEGUN, **words),))  # type: ignore[arg-type]


def test_federal_law_alone_is_the_same_answer() -> None:
    assert decide_under(world(consents=SPECIFIC)) == decide(world(consents=SPECIFIC))
    assert decide_under(world(), law=FEDERAL) == decide(world())


def test_an_overlay_closes_with_its_own_citation_and_the_neutral_answer() -> None:
    closed = decide_under(world(consents=SPECIFIC), law=law())
    assert closed.outcome is Outcome.DENY
    assert closed.basis[0] == "Rule 1"
    assert closed.reasons[0].sentence == "Closed here."
    assert Obligation.NEUTRAL_DENIAL in closed.obligations
    assert closed.instruments == ()


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"categories": frozenset({Category.HIPAA_OB_RECORD})},
        {"actors": frozenset({Actor.COURT})},
        {"purposes": frozenset({Purpose.TREATMENT})},
        {"subjects": frozenset({Subject.INFANT})},
        {"holders": frozenset({"hospital"})},
        {"when": (("against_patient", True),), "facts": {"against_patient": False}},
        {"effective_to": TODAY - timedelta(days=1)},
    ],
    ids=["category", "recipient", "purpose", "subject", "holder", "fact", "ended"],
)
def test_an_overlay_reaches_only_what_it_names(elsewhere: dict[str, object]) -> None:
    facts = elsewhere.pop("facts", {})
    assert decide_under(world(consents=SPECIFIC, facts=facts), law=law(**elsewhere)).permits


def test_a_fact_that_nobody_recorded_brings_the_overlay() -> None:
    assert not decide_under(world(consents=SPECIFIC), law=law(when=(("affected_by_prenatal_exposure", True),))).permits


def test_what_it_asks_for_opens_it_again() -> None:
    asks = law(unless_facts=(("patient_agreed", True),))
    assert decide_under(world(consents=SPECIFIC, facts={"patient_agreed": True}), law=asks).permits
    assert not decide_under(world(consents=SPECIFIC), law=asks).permits
    by_paper = law(unless_papers=PaperTest(consents=frozenset({ConsentKind.SPECIFIC}), names_category=True))
    assert decide_under(world(consents=SPECIFIC), law=by_paper).permits
    assert not decide_under(world(consents=replace(SPECIFIC, info=("part2.full_record",))), law=by_paper).permits
    # An order that lies beside the consent but is not in force opens nothing, even under the same id.
    by_order = law(unless_papers=PaperTest(orders=frozenset({ORDER.kind}) if ORDER.kind else frozenset()))
    assert not decide_under(world(consents=SPECIFIC, orders=replace(ORDER, id="C1", issued=None)), law=by_order).permits
    assert decide_under(world(consents=SPECIFIC, orders=ORDER), law=by_order).permits


def test_a_permit_ends_the_day_before_a_stricter_law_begins() -> None:
    coming = replace(law().overlays[0], effective_from=date(2026, 10, 1))
    assert decide_under(world(consents=SPECIFIC), law=LocalLaw(overlays=(coming,))).ends_on == date(2026, 9, 30)


def test_her_own_record_is_never_closed_to_her() -> None:
    own = world(request=replace(CASE, actor=Actor.PATIENT, actor_org="-", category=Category.PART2_ATTENDANCE, purpose=Purpose.PATIENT_ACCESS))
    assert decide(own).permits
    assert decide_under(own, law=law()).permits


def test_florida_s_court_looks_in_chambers() -> None:
    florida = load_pack(name="florida").law
    assert decide_under(SEEN, law=florida).permits
    in_public = replace(SEEN, orders=(replace(FINDING, in_camera=False),))
    assert decide(in_public).permits
    closed = decide_under(in_public, law=florida)
    assert not closed.permits
    assert closed.basis[0] == "s. 39.202(2)(f) F.S."


def test_ohio_s_report_does_not_open_to_a_release_alone() -> None:
    ohio = load_pack(name="ohio").law
    asked = world(source=CPS, request=REPORT, consents=RELEASE)
    assert decide(asked).permits
    closed = decide_under(asked, law=ohio)
    assert not closed.permits
    assert closed.review_needed
    passed_on = decide_under(agency(CASE, {"need_to_protect_child": True}), law=ohio)
    assert Obligation.NO_REDISCLOSURE in passed_on.obligations
    assert "ORC 2151.423" in passed_on.basis


def test_columbia_s_plan_is_no_evidence() -> None:
    columbia = load_pack(name="columbia").law
    asks = replace(CASE, actor=Actor.PROSECUTOR, actor_org="Prosecutor", category=Category.POSC_PLAN_CORE, purpose=Purpose.CARE_COORDINATION)
    release = replace(RELEASE, recipients=("Prosecutor",), info=("posc.plan_core",))
    assert decide(world(source=CPS, request=asks, consents=release)).permits
    assert not decide_under(world(source=CPS, request=asks, consents=release), law=columbia).permits


def test_what_counsel_has_reviewed_waits_no_more() -> None:
    mistake = world(consents=SPECIFIC, facts={"inadvertent_disclosure": True})
    assert decide(mistake).review_needed
    assert decide_under(mistake, law=LocalLaw(reviewed=frozenset({"part2_emergency"}))).review_needed
    reviewed = decide_under(mistake, law=LocalLaw(reviewed=frozenset({"part2_inadvertent"})))
    assert not reviewed.review_needed
    assert reviewed == replace(decide(mistake), review_needed=False)
    small = agency(replace(CASE, subject=Subject.COHORT, category=Category.AGG_TABLE, actor=Actor.STATE_OVERSIGHT), {"min_cell": 3})
    assert decide(small).review_needed
    assert not decide_under(small, law=LocalLaw(reviewed=frozenset({"AGG", "small_cells"}))).review_needed


def pack(folder: Path, text: str) -> Path:
    """A pack with this `disclosure.yaml` and nothing else of its own."""
    home = folder / "mine"
    home.mkdir()
    manifest = "name: mine\ntitle: Mine\nextends: base\njurisdiction: ZZ\nzone: America/Chicago\neffective_from: 2026-01-01\nsources: []\n"
    (home / "manifest.yaml").write_text(manifest)
    (home / "disclosure.yaml").write_text(text)
    return home


def test_a_review_lapses_when_its_rule_changes(tmp_path: Path) -> None:
    current = fingerprints()["part2_inadvertent"]
    text = "reviews:\n  part2_inadvertent: {reviewed_by: Counsel of the county, reviewed_on: 2026-12-01, of: '%s'}\n"
    home = pack(tmp_path, text % current)
    assert validate_pack(path=home) == ()
    assert load_pack(name="mine", folder=tmp_path).law.reviewed == {"part2_inadvertent"}
    (home / "disclosure.yaml").write_text(text % "000000000000")
    (problem,) = validate_pack(path=home)
    assert "changed since it was reviewed" in str(problem)
    assert current in str(problem)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reviews: {no_such_rule: {reviewed_by: A, reviewed_on: 2026-12-01, of: x}}", "no disclosure rule of this name"),
        ("overlays: {X: {says: A., citations: [B], status: KNOWN, effective_from: 2026-01-01}}", "changes nothing"),
        ("overlays: {X: {says: A., citations: [], status: KNOWN, effective_from: 2026-01-01, closes: true}}", "needs its citation"),
        (
            "overlays: {X: {says: A., citations: [B], status: KNOWN, effective_from: 2026-01-01, closes: true, categories: [hiv]}}",
            "not a known value",
        ),
        (
            "overlays: {X: {says: A., citations: [B], status: KNOWN, effective_from: 2026-01-01, closes: true, when: {hunch: true}}}",
            "no fact that can be yes or no",
        ),
        ("overlays: {X: {says: A., citations: [B], status: KNOWN, effective_from: 2026-01-01, permits: true, closes: true}}", "key is not known"),
    ],
)
def test_a_mistake_in_a_pack_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in " ".join(str(problem) for problem in validate_pack(path=pack(tmp_path, text)))


def test_the_command_asks_the_place_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = {"id": "O1", "type": "cw_access_finding", "court": "Family Court", "issued": "2026-06-01", "scope": ["cw.case_record"]}
    row = {
        "id": 1,
        "given": {
            "source": {"holder": "Agency", "holder_type": "cps_agency", "provenance": "originating"},
            "orders": [{**order, "recipients": ["Family Court"], "finding_necessary": True}],
        },
        "request": {
            "actor_org_type": "court",
            "actor_org": "Family Court",
            "subject": "mother",
            "category": "cw.case_record",
            "purpose": "dependency_proceeding",
            "date": "2026-09-15",
        },
    }
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row))
    answers = []
    for more in ([], ["--pack", "florida"]):
        assert main(["disclosure", "decide", str(file), *more]) == 0
        answers.append(json.load(io.StringIO(capsys.readouterr().out))["decision"])
    assert answers == ["permit", "deny"]
