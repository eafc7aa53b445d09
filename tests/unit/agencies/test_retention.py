"""The schedule of retention: which rule holds for whom, when a line falls due, and that a bad schedule is refused with the row's number."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from careloom.agencies.retention import CODES, FILE, LAW, POLICY, Rule, rule_for, rules_from
from careloom.kernel.agency_kinds import AgencyKind

TODAY = date(2026, 11, 23)
GOOD = "- {code: LOOKS, authority: POLICY, agencies: [], months: 72, citation: '', effective_from: null, checked: false}\n"
LAWFUL = "- {code: LOOKS, authority: LAW, agencies: [HOSPITAL], months: 72, citation: 45 CFR 1.1, effective_from: 2005-04-20, checked: true}\n"


def a_rule(months: int = 72) -> Rule:
    return Rule(code="LOOKS", authority=POLICY, agencies=frozenset(), months=months, citation="", effective_from=None, checked=False)


@pytest.mark.parametrize("kind", list(AgencyKind))
@pytest.mark.parametrize("code", CODES)
def test_every_kind_of_agency_has_one_rule_for_every_log(code: str, kind: AgencyKind) -> None:
    rule = rule_for(code=code, kind=kind, on=TODAY)
    assert rule.months >= 72
    assert (rule.authority == LAW) == bool(rule.citation) == (kind in rule.agencies)


def test_an_unchecked_citation_says_so() -> None:
    looks = rule_for(code="LOOKS", kind=AgencyKind.HOSPITAL, on=TODAY)
    assert (looks.citation, looks.checked) == ("45 CFR 164.316(b)(2)(i)", False)


def test_a_law_holds_from_its_day_on_and_the_policy_before() -> None:
    assert rule_for(code="LOOKS", kind=AgencyKind.HOSPITAL, on=date(2005, 4, 19)).authority == POLICY
    assert rule_for(code="LOOKS", kind=AgencyKind.HOSPITAL, on=date(2005, 4, 20)).authority == LAW


def test_what_is_past_is_exactly_what_has_fallen_due() -> None:
    """Over the days around a leap day, where months end on different days."""
    for months in (1, 6, 71, 72):
        rule = a_rule(months)
        for number in range(800):
            today = date(2026, 1, 1) + timedelta(days=number)
            last = rule.past_through(today)
            assert rule.due_on(last) <= today < rule.due_on(last + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "write a list"),
        (GOOD + GOOD, "rule 2: another rule says the same"),
        (LAWFUL + LAWFUL, "rule 2: another rule says the same"),
        (GOOD.replace("LOOKS", "LETTERS"), "rule 1: code is one of LOOKS, DISCLOSURES, CHANGES"),
        (GOOD.replace("POLICY", "LAW"), "rule 1: authority is LAW with a citation"),
        (LAWFUL.replace("HOSPITAL", "CASTLE"), "rule 1: nobody is CASTLE"),
        (GOOD.replace("72", "0"), "rule 1: months is a whole number"),
        (GOOD.replace("72", "yes"), "rule 1: months is a whole number"),
        (LAWFUL.replace("2005-04-20", "null"), "rule 1: effective_from is a day"),
        (GOOD.replace("checked: false", "checked: perhaps"), "rule 1: checked is true or false"),
        (GOOD.replace(", checked: false", ""), "rule 1: write exactly code, authority"),
        (GOOD.replace("agencies: []", "agencies: HOSPITAL"), "rule 1: agencies is a list"),
        (GOOD.replace("code: LOOKS", "code: [LOOKS]"), "rule 1: code is one of"),
    ],
)
def test_a_bad_schedule_is_refused_and_says_where(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as said:
        rules_from(text)
    assert str(said.value).startswith(FILE.name)
