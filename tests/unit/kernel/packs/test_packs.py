"""Packs that ship, packs that extend, and what is said about packs with mistakes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from careloom.infra.packs import PackNotFound, PackNotUsable, list_packs, load_pack, packs_folder, validate_pack
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.clocks import DueRule, Unit, review_days
from careloom.kernel.notification import LeadKind, Notify, Reason, ReasonCode, SentField, sample_births
from careloom.kernel.notification.what_if import _IF
from careloom.kernel.packs import ClockName, Problem, Severity, merge_documents

MANIFEST = """
name: {name}
title: A county made in a test
extends: {extends}
jurisdiction: ZZ
zone: America/Chicago
effective_from: 2026-01-01
sources: []
"""


def write(folder: Path, name: str, *, extends: str = "base", **files: str) -> Path:
    """Write a pack into a folder of its own; what it extends is found among those that ship."""
    pack = folder / name
    pack.mkdir()
    texts = {"manifest": MANIFEST.format(name=name, extends=extends), **files}
    for stem, text in texts.items():
        (pack / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return pack


def rules(row: str) -> str:
    """Return a rules file with one new row before those of the base pack."""
    return f'versions:\n  - version: "1"\n    effective_from: 2026-01-01\n    rows:\n      - {row}\n'


ROW = (
    "{{id: MINE, when: {when}, then: {{notify: NONE, report: false, level: L0, plan_offered: true, lead: HOSPITAL}}, "
    "citations: [product default], status: PRODUCT}}"
)


def found(path: Path) -> list[str]:
    """Return every problem of a pack in one line each."""
    return [str(problem) for problem in validate_pack(path=path)]


@pytest.mark.parametrize("name", list_packs())
def test_a_shipped_pack_has_no_problem_and_says_who_has_not_reviewed_it(name: str) -> None:
    assert validate_pack(path=packs_folder() / name) == ()
    pack = load_pack(name=name)
    assert pack.manifest.name == name
    assert pack.manifest.reviewed_by is None
    assert pack.manifest.review_needed is not pack.manifest.fictional
    assert set(pack.clocks) == set(ClockName)
    assert pack.suppression.threshold == 11
    assert pack.rules_on(day=date(2026, 11, 21)) is not None


def test_the_seven_packs_of_the_brief_and_one_more_ship() -> None:
    assert list_packs() == ("base", "columbia", "connecticut", "delaware", "florida", "ohio", "vermont", "washington")


@pytest.mark.parametrize("name", list_packs())
def test_what_is_not_verified_in_a_real_state_is_marked(name: str) -> None:
    pack = load_pack(name=name)
    marked = {row.id for table in pack.rule_versions for row in table.rows if row.review_needed}
    assert bool(marked) is not pack.manifest.fictional


def test_the_practice_state_has_its_places_and_takes_the_rest_from_the_base() -> None:
    columbia = load_pack(name="columbia")
    assert [place.name for place in columbia.manifest.places] == ["Pine County", "Harbor County", "Eagle Nation"]
    assert columbia.place(code="ZZ-PINE") is columbia.manifest.places[0]
    assert columbia.place(code="ZZ-NOWHERE") is None
    assert review_days(schedule=columbia.plan.reviews) == (30, 60, 90, 180, 270, 360)
    expected = {
        ClockName.REFERRAL_ANSWER: DueRule(unit=Unit.BUSINESS_DAYS, amount=2),
        ClockName.REFERRAL_REROUTE: DueRule(unit=Unit.BUSINESS_DAYS, amount=5),
        ClockName.LEAD_TRANSFER_ACCEPT: DueRule(unit=Unit.BUSINESS_DAYS, amount=3),
        ClockName.CONTACT_AFTER_DISCHARGE: DueRule(unit=Unit.BUSINESS_DAYS, amount=3),
        ClockName.BIRTH_VERIFY: DueRule(unit=Unit.HOURS, amount=72),
    }
    assert {name: columbia.clocks[name].due for name in expected} == expected
    assert [(step.after_business_days, step.tell) for step in columbia.overdue_review] == [(0, "LEAD"), (3, "SUPERVISOR"), (10, "PARTNERSHIP")]
    assert {reason.code for reason in columbia.closing.reasons} >= {"GOALS_MET", "MOVED", "LOST_CONTACT", "PREGNANCY_LOSS"}
    assert columbia.calendar.zone == "America/New_York"
    assert not columbia.calendar.is_business_day(date(2026, 11, 26))


def test_words_of_the_child_add_to_those_of_the_base() -> None:
    words = load_pack(name="columbia").words
    assert words.say(key="mother.state.name", language="es") == "el Estado de Columbia"
    assert words.say(key="mother.plan.not_now", language="es") == "Puede decir que ahora no. Puede pedirlo más tarde."
    assert words.say(key="mother.plan.not_now", language="fr") == "You can say not now. You can ask again later."
    assert words.say(key="nothing.here", language="en") is None


def test_every_sentence_of_the_router_is_in_the_base_words_in_both_languages() -> None:
    words = load_pack(name="base").words
    for code in ReasonCode:
        assert words.texts[code.message_key]["en"] == code.sentence
        assert words.texts[code.message_key]["es"] != code.sentence or code is ReasonCode.RULE_SAYS
    assert all(f"notification.if.{fact}.{value}" in words.texts for fact, value in _IF)
    assert all(f"lead.{kind}" in words.texts for kind in LeadKind)
    assert all(f"field.{field}" in words.texts for field in SentField if field.identifies)


def test_sample_births_reach_every_row_of_every_pack() -> None:
    for name in list_packs():
        table = load_pack(name=name).rule_versions[-1]
        assert {table.row_for(facts=facts).id for facts in sample_births(rules=table)} == {row.id for row in table.rows}


def test_a_new_county_needs_one_file_and_no_code(tmp_path: Path) -> None:
    write(tmp_path, "willow", extends="columbia", plan="name: {en: Circle plan, es: Plan del círculo}\n")
    pack = load_pack(name="willow", folder=tmp_path)
    assert pack.plan.name["es"] == "Plan del círculo"
    assert pack.calendar.zone == "America/Chicago"
    assert pack.rule_versions == load_pack(name="columbia").rule_versions


def test_a_child_row_replaces_one_of_the_base_or_comes_first_and_may_drop(tmp_path: Path) -> None:
    text = rules(ROW.format(when="{fasd: [DIAGNOSED]}")) + "    drop: [L3-NOT-IN-TREATMENT]\n"
    write(tmp_path, "willow", rules=text)
    table = load_pack(name="willow", folder=tmp_path).rule_versions[0]
    assert [row.id for row in table.rows][:2] == ["MINE", "CONCERN-WITHOUT-EXPOSURE"]
    assert "L3-NOT-IN-TREATMENT" not in {row.id for row in table.rows}
    assert table.sends == load_pack(name="base").rule_versions[0].sends


@pytest.mark.parametrize(
    ("row", "where", "what"),
    [
        (ROW.format(when="{race: [BLACK]}"), "rules.yaml, rules.versions[1].rows[MINE].when.race", "race is not a fact that rules may ask about."),
        (ROW.format(when="{payer: [MEDICAID]}"), "rows[MINE].when.payer", "payer is not a fact"),
        (ROW.format(when="{fasd: [MAYBE]}"), "rows[MINE].when.fasd", "MAYBE is not a known value. Use one of NONE, SUSPECTED, DIAGNOSED."),
        (ROW.format(when="{some_exposure: {color: [RED]}}"), "rows[MINE].when.some_exposure", "color is not known of an exposure."),
        (ROW.format(when="always"), "rows[CONCERN-WITHOUT-EXPOSURE]", "No birth can reach this row"),
        (ROW.format(when="[]"), "rows[MINE].when", "A condition was expected."),
        (ROW.format(when="{all: []}"), "rows[MINE].when.all", "A list of conditions was expected."),
        (ROW.format(when="{fasd: [DIAGNOSED]}").replace("L0", "L9"), "rows[MINE].then.level", "L9 is not a known value."),
        (
            ROW.format(when="{fasd: [DIAGNOSED]}").replace("report: false", "report: true"),
            "then.report_due",
            "A report is made but nothing says when.",
        ),
        (
            ROW.format(when="{fasd: [DIAGNOSED]}").replace("notify: NONE", "notify: IDENTIFIED"),
            "then.due",
            "A notification is made but nothing says when.",
        ),
        (ROW.format(when="{fasd: [DIAGNOSED]}").replace("[product default]", "[]"), "rows[MINE].citations", "This row has no authority."),
        (ROW.format(when="{fasd: [DIAGNOSED]}").replace("status: PRODUCT", "statsu: PRODUCT"), "rows[MINE].statsu", "This key is not known."),
        (
            ROW.format(when="{plan_status: [NOT_NOW], affected: [YES]}")
            .replace("notify: NONE", "notify: IDENTIFIED, due: immediate")
            .replace("L0", "L3"),
            "rows[MINE]",
            "Declining a plan alone would raise the level",
        ),
    ],
)
def test_a_mistake_in_the_rules_is_named_by_file_row_and_remedy(tmp_path: Path, row: str, where: str, what: str) -> None:
    lines = found(write(tmp_path, "willow", rules=rules(row)))
    assert any(where in line and what in line for line in lines), lines
    with pytest.raises(PackNotUsable, match="Correct this and try again"):
        load_pack(name="willow", folder=tmp_path)


def test_a_table_without_a_default_row_is_refused(tmp_path: Path) -> None:
    text = rules(ROW.format(when="{fasd: [DIAGNOSED]}")) + "    inherit: false\n"
    assert any("no default row" in line and "when: always" in line for line in found(write(tmp_path, "willow", rules=text)))


def test_a_nameless_notification_with_the_county_loads_with_a_warning_and_is_identified(tmp_path: Path) -> None:
    text = rules(ROW.format(when="{fasd: [DIAGNOSED]}")) + "    sends: {deidentified: [YEAR, COUNTY]}\n"
    path = write(tmp_path, "willow", rules=text)
    assert [problem.severity for problem in validate_pack(path=path)] == [Severity.WARNING]
    table = load_pack(name="willow", folder=tmp_path).rule_versions[0]
    kept = next(row.then for row in table.rows if row.then.notify is Notify.DEIDENTIFIED)
    assert table.effective_notify(outcome=kept) is Notify.IDENTIFIED


def test_two_versions_may_not_overlap_and_each_day_has_its_own(tmp_path: Path) -> None:
    one = '  - {{version: "{v}", effective_from: {start}, effective_to: {end}, rows: []}}\n'
    first, second = one.format(v="1", start="2026-01-01", end="2026-07-01"), one.format(v="2", start="2026-07-01", end="null")
    write(tmp_path, "willow", rules="versions:\n" + first + second)
    pack = load_pack(name="willow", folder=tmp_path)
    versions = [table.version if table else None for table in (pack.rules_on(day=date(2026, m, d)) for m, d in ((6, 30), (7, 1)))]
    assert versions == ["1", "2"]
    assert pack.rules_on(day=date(2025, 12, 31)) is None
    overlap = first.replace("2026-07-01", "2026-08-01")
    assert any("still in force" in line for line in found(write(tmp_path, "elm", rules="versions:\n" + overlap + second)))


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [
        ("words", "texts:\n  a.b: {en: Hello}\n", "words.texts.a.b.es: A text is missing."),
        ("words", 'texts:\n  a.b: {en: "Hi {name}", es: "Hola {nombre}"}\n', "do not have the same blanks"),
        ("outcomes", "suppression: {threshold: 5}\n", "A threshold under 11 is not allowed."),
        ("clocks", "clocks: {LUNCH: {due: immediate, counts_from: noon, status: PRODUCT}}\n", "This clock is not known."),
        ("clocks", "clocks: {HOME_VISIT: {due: {weeks: 2}}}\n", "This is no due rule."),
        ("calendar", "holidays: {tomorrow: Rest}\n", "A holiday needs a date."),
        ("plan", "reviews: {days: [60, 30]}\n", "This is no review schedule."),
        ("closing", "reasons: []\n", "The list is empty."),
        ("recipes", "soup: true\n", "This file is not part of a pack."),
        ("plan", "approval_needed: maybe\n", "true or false was expected."),
        ("plan", "name: one\n  two: bad\n", "It cannot be read"),
        ("plan", "approval_needed: true\napproval_needed: false\n", "the key approval_needed stands twice"),
        ("plan", "- a list\n", "the file holds no keys"),
        ("manifest", MANIFEST.format(name="willow", extends="base").replace("America/Chicago", "Mars/Base"), "This is no IANA time zone."),
        ("manifest", MANIFEST.format(name="willow", extends="atlantis"), "atlantis is not a pack that this one can extend."),
        ("manifest", MANIFEST.format(name="willow", extends="willow"), "willow is not a pack that this one can extend."),
        ("manifest", MANIFEST.format(name="willow", extends="base") + "reviewed_by: Counsel\n", "A review has a reviewer and a day"),
    ],
)
def test_a_mistake_elsewhere_is_named(tmp_path: Path, file: str, text: str, what: str) -> None:
    assert any(what in line for line in found(write(tmp_path, "willow", **{file: text})))


def test_an_unknown_pack_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(PackNotFound, match="columbia"):
        load_pack(name="atlantis")
    assert any("manifest is missing" in str(problem) for problem in validate_pack(path=tmp_path))


def test_a_problem_reads_as_one_line() -> None:
    problem = Problem(file="rules.yaml", where="rules", what="It is wrong.", fix="Put it right.")
    assert str(problem) == "rules.yaml, rules: It is wrong. Put it right."


def test_yes_and_no_stay_words_and_a_date_is_a_date() -> None:
    assert read_yaml("{a: [YES, no, on, true], b: 2026-01-31}") == {"a": ["YES", "no", "on", True], "b": date(2026, 1, 31)}


def test_the_manifest_is_never_taken_over() -> None:
    merged = merge_documents(
        base={"manifest": {"reviewed_by": "Counsel"}, "plan": {"a": {"x": 1, "y": 2}}}, child={"manifest": {}, "plan": {"a": {"y": 3}}}
    )
    assert merged == {"manifest": {}, "plan": {"a": {"x": 1, "y": 3}}}


def test_a_reason_is_said_in_spanish_with_its_blanks_translated() -> None:
    words = load_pack(name="columbia").words
    lead = Reason(code=ReasonCode.LEAD_IS, params={"lead": "the Tribe", "lead_code": "TRIBE"})
    assert words.sentence(reason=lead, language="es") == "El plan lo llevaría la Tribu. Ella puede elegir a otra persona."
    assert words.sentence(reason=lead, language="en") == lead.sentence
    fields = Reason(code=ReasonCode.PACK_IDENTIFIES, params={"fields": "month, county", "field_codes": "MONTH,COUNTY"})
    assert "pide el mes, el condado." in (words.sentence(reason=fields, language="es") or "")
    own = Reason(code=ReasonCode.RULE_SAYS, params={"says": "Call first.", "says_es": "Llame primero."})
    assert words.sentence(reason=own, language="es") == "Llame primero."
    assert words.sentence(reason=own, language="en") == "Call first."
