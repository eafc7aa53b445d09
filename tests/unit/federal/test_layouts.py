"""Layouts are data that must fit together: positions without a gap, known codes, and overlays that say who confirmed what."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from careloom.federal.layouts import AFCARS, CHILD, KINDS, NotALayout, layout_for, layouts, problems
from careloom.federal.periods import period_of, periods_until
from careloom.federal.values import DoesNotFit, Ids, county_code, fixed, races, text_of
from careloom.infra.packs.reading import packs_folder

CODE = "ncands-child-2024"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A packs folder of its own, with the shipped layouts."""
    shutil.copytree(packs_folder() / "base" / "federal", tmp_path / "base" / "federal")
    (tmp_path / "here" / "federal").mkdir(parents=True)
    return tmp_path


def overlay(folder: Path, text: str) -> list[str]:
    (folder / "here" / "federal" / f"{CODE}.yaml").write_text(text, encoding="utf-8")
    layouts.__globals__["_layouts"].cache_clear()
    return list(problems(pack="here", folder=folder))


def test_the_shipped_layouts_are_whole_and_say_what_is_not_confirmed() -> None:
    found = layouts(pack="base")
    assert {layout.kind for layout in found.values()} == set(KINDS)
    child = found[CODE]
    assert [field.number for field in child.fields] == list(range(1, 153))
    assert child.record_length == child.fields[-1].start + child.fields[-1].length - 1
    places = {field.name: (field.number, field.start, field.length) for field in child.fields}
    assert [places[name][1:] for name in ("SUBYR", "STATERR", "RPTID", "CHID", "RPTCNTY", "RPTDT", "INVDATE")] == [
        (1, 4), (5, 2), (7, 12), (19, 12), (31, 3), (34, 8), (42, 8),
    ]  # fmt: skip
    assert {name: places[name][0] for name in ("CDALC", "CDDRUG", "FCALC", "FCDRUG", "FCVIOL", "FOSTERCR", "RMVDATE", "SUBABUSE", "AFCARSID")} == {
        "CDALC": 35, "CDDRUG": 36, "FCALC": 44, "FCDRUG": 45, "FCVIOL": 52, "FOSTERCR": 60, "RMVDATE": 61, "SUBABUSE": 83, "AFCARSID": 145,
    }  # fmt: skip
    assert {field.number for field in child.fields if field.confirmed} == set(range(1, 8))
    assert {151, 152} <= {field.number for field in child.unconfirmed}
    assert list(problems(pack="base")) == []


def test_an_overlay_confirms_what_the_deployer_compared(folder: Path) -> None:
    assert overlay(folder, f"layout: {CODE}\nconfirmed_by: State office\nsource: Layout of 2025\nall_confirmed: true\n") == []
    layout = layouts(pack="here", folder=folder)[CODE]
    assert layout.unconfirmed == ()
    assert layout.digest != layouts(pack="base", folder=folder)[CODE].digest
    told = f"layout: {CODE}\nconfirmed_by: Office\nsource: Layout\nfields:\n  - {{number: 151, name: SAFEPLAN, confirmed: true}}\n"
    assert overlay(folder, told) == []
    named = layouts(pack="here", folder=folder)[CODE].fields[150]
    assert (named.name, named.confirmed) == ("SAFEPLAN", True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"layout: {CODE}\nconfirmed_by: ''\nsource: x\n", "say who confirmed it"),
        (f"layout: {CODE}\nconfirmed_by: a\nsource: x\nfields: [{{number: 900, confirmed: true}}]\n", "is not one field"),
        (f"layout: {CODE}\nconfirmed_by: a\nsource: x\nfields: [{{number: 3, length: 14}}]\n", "should start at 21"),
        (f"layout: {CODE}\nconfirmed_by: a\nsource: x\nfields: [{{number: 9, codes: nowhere}}]\n", "there is no codeset nowhere"),
        ("layout: other\nconfirmed_by: a\nsource: x\n", "names the layout other"),
        (f"layout: {CODE}\nconfirmed_by: a\nsource: x\nsecret: 1\n", "unknown field"),
    ],
)
def test_an_overlay_that_does_not_fit_is_refused(folder: Path, text: str, says: str) -> None:
    (problem,) = overlay(folder, text)
    assert says in problem
    with pytest.raises(NotALayout):
        layouts(pack="here", folder=folder)


def test_periods_are_federal_years_and_their_halves() -> None:
    year = period_of(kind=CHILD, name="FFY2025")
    assert year is not None
    assert (year.starts_on, year.ends_on) == (date(2024, 10, 1), date(2025, 10, 1))
    half = period_of(kind=AFCARS, name="2025B")
    assert half is not None
    assert (half.starts_on, half.ends_on) == (date(2025, 4, 1), date(2025, 10, 1))
    assert period_of(kind=CHILD, name="2025A") is None
    assert period_of(kind=AFCARS, name="FFY2025") is None
    assert periods_until(kind=AFCARS, today=date(2026, 3, 31), years=2) == ["2026A", "2025B", "2025A"]
    assert periods_until(kind=CHILD, today=date(2026, 10, 1), years=2) == ["FFY2027", "FFY2026"]
    newest = layout_for(kind=CHILD, starts_on=date(2030, 10, 1), pack="base")
    assert newest is not None
    assert newest.code == CODE


def test_ids_are_stable_keyed_and_twelve_characters() -> None:
    one, other = Ids(key=b"a"), Ids(key=b"b")
    assert one.of("child", 7) == one.of("child", 7)
    assert len({one.of("child", 7), one.of("report", 7), one.of("child", 77), other.of("child", 7)}) == 4
    assert {len(one.of("child", n)) for n in range(20)} == {12}


def test_a_field_is_padded_coded_or_refused_and_blank_is_not_unknown() -> None:
    layout = layouts(pack="base")[CODE]
    field = {one.name: one for one in layout.fields}
    times = {"received_on": "2025-03-09", "received_time": "04:05:00"}
    facts = {"report": {"source": "MEDICAL", "county": "7", "child_factors": {"DRUG": "UNKNOWN"}} | times}
    assert text_of(field["RPTSRC"], layout, facts) == "02"
    assert text_of(field["RPTDT"], layout, facts) == "03092025"
    assert text_of(field["RPTTM"], layout, facts) == "0405"
    assert text_of(field["RPTCNTY"], layout, facts) == "007"
    assert (text_of(field["CDDRUG"], layout, facts), text_of(field["CDALC"], layout, facts)) == ("9", "")
    with pytest.raises(DoesNotFit):
        text_of(field["RPTSRC"], layout, {"report": {"source": "AUNT"}})
    with pytest.raises(DoesNotFit):
        text_of(field["STATERR"], layout, {"place": {"state": "OHIO"}})
    record = fixed(layout, {one.name: "" for one in layout.fields} | {"CDDRUG": "1"})
    assert (len(record), record.index("1") + 1) == (layout.record_length + 1, field["CDDRUG"].start)


def test_races_are_what_somebody_said_and_counties_are_those_of_the_state() -> None:
    assert races([]) == ({}, None)
    assert races(["Black or African American", "Not Hispanic or Latino"]) == ({"AI": "NO", "AS": "NO", "BL": "YES", "NH": "NO", "WH": "NO"}, "NO")
    assert races(["HISPANIC"]) == ({}, "YES")
    assert (county_code("Franklin County", "OH"), county_code("Kent", "DE"), county_code("Pine County", "ZZ")) == ("049", "001", "999")
