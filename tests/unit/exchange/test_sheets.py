"""Spreadsheets as tables, what their columns mean, and rows as families. Pure."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import pytest

from careloom.exchange.sheets.lines import Family, Wrong, families, unknown_words
from careloom.exchange.sheets.mapping import Mapping, NotAMapping, mapping_of, propose, read_mapping
from careloom.exchange.sheets.table import MOST_BYTES, MOST_ROWS, NotRead, Table, read_table

TODAY = date(2026, 11, 23)
HEAD = "Case ID,Mother Last Name,Mother First Name,Mother DOB,Infant First Name,DOB,Birth Weight,Substances,Sex,Worker"
ROW = "17,Valdeluna,Marisol,1994-05-01,Luz,2026-04-08,2810,Methadone; THC,F,dana@pine.test"
DANA = UUID(int=5)


def table(*rows: str, head: str = HEAD) -> Table:
    return read_table("\n".join([head, *rows]).encode())


def read(*rows: str, head: str = HEAD, mapping: Mapping | None = None) -> list[Family | Wrong]:
    made = table(*rows, head=head)
    return families(made, mapping or propose(made.names, made.rows), workers={"dana@pine.test": DANA}, today=TODAY)


@pytest.mark.parametrize(
    "data",
    [
        "Náme,Born\nÁna,2026-01-01\n".encode(), "\ufeffNáme;Born\nÁna;2026-01-01".encode(), "Náme\tBorn\r\nÁna\t2026-01-01\r\n".encode("cp1252"),
        "Náme|Born\n\n  Ána | 2026-01-01\n\n".encode("utf-16"), 'Náme,Born,\n"Ána",2026-01-01,\n'.encode(),
    ],
    ids=["utf-8", "marked, semicolons", "windows, tabs", "utf-16, bars, empty lines", "an empty column"],
)  # fmt: skip
def test_a_file_is_read_whatever_its_encoding_and_separator(data: bytes) -> None:
    assert read_table(data) == Table(names=("Náme", "Born"), rows=(("Ána", "2026-01-01"),))


def test_a_quoted_cell_may_hold_lines_and_separators() -> None:
    assert read_table(b'A,B\n"one,\ntwo","say ""yes"""\n').rows == (("one,\ntwo", 'say "yes"'),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY"), (b"A,B\n", "EMPTY"), (b"PK\x03\x04rest", "NO_TEXT"), (b"A,B\n\x00,1\n", "NO_TEXT"), (b"A,a\n1,2\n", "TWICE"),
        (b"A,\n1,2\n", "NO_NAMES"), (b'A,B\n"open,2\n', "BROKEN"), (b"A\n" + b"x" * 3000, "BROKEN"), (b"A," * 200 + b"B\n" + b"1," * 200, "TWICE"),
        (b",".join(b"c%d" % n for n in range(101)) + b"\n" + b",".join([b"1"] * 101), "TOO_WIDE"), (b"A\n" + b"1\n" * (MOST_ROWS + 1), "TOO_LONG"),
        (b" " * (MOST_BYTES + 1), "TOO_LARGE"), (b"\xff\xfeA", "NO_TEXT"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(NotRead) as refused:
        read_table(data)
    assert refused.value.code in (code, "TOO_WIDE" if code == "TWICE" else code)


def test_usual_columns_are_recognized() -> None:
    made = table(ROW)
    found = propose(made.names, made.rows)
    assert found.columns == {
        "row.id": "Case ID", "mother.family": "Mother Last Name", "mother.given": "Mother First Name", "mother.birth_date": "Mother DOB",
        "child.given": "Infant First Name", "child.birth_date": "DOB", "birth.weight_g": "Birth Weight", "exposures": "Substances",
        "child.sex": "Sex", "worker.email": "Worker",
    }  # fmt: skip
    assert propose(("Mother's Name", "Baby DOB"), (("A B", "04/28/2026"),)).dates == "%m/%d/%Y"


def test_a_row_is_a_family() -> None:
    (one,) = read(ROW)
    assert isinstance(one, Family)
    assert (one.number, one.key, one.given, one.family, one.born) == (2, "17", "Marisol", "Valdeluna", date(1994, 5, 1))
    assert (one.child_given, one.child_family, one.child_born, one.grams, one.sex) == ("Luz", "Valdeluna", date(2026, 4, 8), 2810, "female")
    assert (one.substances, one.worker, one.plurality) == (("METHADONE", "CANNABIS"), DANA, 1)


@pytest.mark.parametrize(
    ("cell", "place", "field", "code"),
    [
        ("", 1, "mother.name", "MISSING"), ("", 5, "child.birth_date", "MISSING"), ("08.04.2026", 5, "child.birth_date", "DATE"),
        ("2027-01-01", 5, "child.birth_date", "FUTURE"), ("2016-01-01", 5, "child.birth_date", "OLD"), ("2025-05-01", 3, "mother.birth_date", "AGE"),
        ("heavy", 6, "birth.weight_g", "NUMBER"), ("28", 6, "birth.weight_g", "NUMBER"), ("1e999", 6, "birth.weight_g", "NUMBER"),
        ("Purple stuff", 7, "exposures", "CODE"), ("?", 8, "child.sex", "CODE"), ("nobody@pine.test", 9, "worker.email", "WORKER"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_row_is_told_by_field_and_holds_nothing_of_it(cell: str, place: int, field: str, code: str) -> None:
    cells = ROW.split(",")
    cells[place] = cell
    if place == 1:
        cells[2] = ""
    (one,) = read(",".join(cells))
    assert isinstance(one, Wrong)
    assert [(fault.field, fault.code) for fault in one.faults] == [(field, code)]


def test_a_name_in_one_column_is_divided() -> None:
    first, second = read('"Valdeluna, Marisol Ana",2026-04-08', "Marisol Valdeluna,2026-04-08", head="Mother,DOB")
    assert isinstance(first, Family)
    assert isinstance(second, Family)
    assert (first.family, first.given) == ("Valdeluna", "Marisol Ana")
    assert (second.family, second.given) == ("Valdeluna", "Marisol")


def test_twins_are_of_one_birth_and_the_same_row_twice_is_told() -> None:
    found = read(ROW, ROW.replace("17,", "18,").replace("Luz", "Sol"), ROW)
    first, second, third = found
    assert isinstance(first, Family)
    assert isinstance(second, Family)
    assert (first.order, second.order, first.plurality, second.plurality) == (1, 2, 2, 2)
    assert first.mother_key == second.mother_key
    assert isinstance(third, Wrong)
    assert third.faults[0].code == "TWICE"


def test_without_ids_a_row_is_known_by_who_it_is_about() -> None:
    head, row = "Mother,Mother DOB,Infant,DOB", "Marisol Valdeluna,1994-05-01,Luz,2026-04-08"
    (first,), (again,), (other,) = read(row, head=head), read(row.upper(), head=head), read(row.replace("Luz", "Sol"), head=head)
    assert isinstance(first, Family)
    assert isinstance(again, Family)
    assert isinstance(other, Family)
    assert first.key == again.key != other.key
    assert first.mother_key == again.mother_key == other.mother_key


def test_words_without_a_meaning_are_asked_and_then_known() -> None:
    made = table(ROW.replace("Methadone; THC", "Kratom & opioids; none"), ROW.replace("Methadone; THC", "kratom"))
    mapping = propose(made.names, made.rows)
    assert unknown_words(made, mapping) == {"exposures": ("kratom", "opioids")}
    told = Mapping(columns=mapping.columns, dates=mapping.dates, codes={"exposures": {"kratom": "OTHER_SUBSTANCE", "opioids": ""}})
    assert unknown_words(made, told) == {}
    (one, _two) = families(made, told, workers={"dana@pine.test": DANA}, today=TODAY)
    assert isinstance(one, Family)
    assert one.substances == ("OTHER_SUBSTANCE",)


def test_a_mapping_is_the_same_after_its_file() -> None:
    told = Mapping(columns={"mother.name": "Mom", "child.birth_date": "DOB"}, dates="%m/%d/%Y", codes={"child.sex": {"fem": "female"}})
    assert read_mapping(json.dumps(told.as_json())) == told


@pytest.mark.parametrize(
    "data",
    [
        [], {}, {"version": 2}, {"version": 1, "dates": "%s", "columns": {}}, {"version": 1, "dates": "%Y-%m-%d", "columns": {"x": "y"}},
        {"version": 1, "dates": "%Y-%m-%d", "columns": {"mother.name": 1}},
        {"version": 1, "dates": "%m/%d/%Y", "columns": {}, "codes": {"row.id": {}}},
        {"version": 1, "dates": "%Y-%m-%d", "columns": {}, "codes": {"child.sex": {"f": "MALE"}}},
    ],
    ids=str,
)  # fmt: skip
def test_another_file_is_no_mapping(data: object) -> None:
    with pytest.raises(NotAMapping):
        mapping_of(data)
    with pytest.raises(NotAMapping):
        read_mapping("{" * 5000)
