"""Reads notification rules: conditions, rows and tables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from careloom.kernel.notification import (
    EXPOSURE_FIELDS,
    FACT_FIELDS,
    LeadKind,
    Level,
    Notify,
    Outcome,
    RowDue,
    RuleRow,
    RuleTable,
    SentField,
    check_table,
)
from careloom.kernel.notification.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Condition,
    EveryExposure,
    ExposureMatcher,
    FactIn,
    Not,
    SomeExposure,
)
from careloom.kernel.packs.problems import Problem, Severity
from careloom.kernel.packs.reader import Reader


def read_tables(*, document: Reader, jurisdiction: str) -> tuple[RuleTable, ...]:
    """Read every version of the rules of a pack and check each table."""
    tables = tuple(_read_table(reader, jurisdiction) for reader in document.children("versions"))
    document.done()
    if not tables:
        document.problem("There is no version of the rules.", "Add one under `versions`.")
    for first, second in pairwise(tables):
        if first.effective_to is None or first.effective_to > second.effective_from:
            document.problem(
                f"Version {first.version} is still in force when {second.version} starts.",
                "Give it an effective_to on or before that day.",
            )
    return tables


def read_row(document: Mapping[str, object]) -> RuleRow:
    """Read one row that was made by a program.

    :raises ValueError: naming what is wrong with it.
    """
    problems: list[Problem] = []
    row = _read_row(Reader(data=document, file="rules.yaml", where="row", problems=problems))
    if problems:
        raise ValueError("; ".join(str(problem) for problem in problems))
    return row


def _read_table(reader: Reader, jurisdiction: str) -> RuleTable:
    sends = reader.child("sends")
    before = len(reader.problems)
    table = RuleTable(
        jurisdiction=jurisdiction,
        version=reader.text("version"),
        effective_from=reader.day("effective_from"),
        effective_to=reader.optional_day("effective_to"),
        rows=tuple(_read_row(row) for row in reader.children("rows")),
        sends={
            Notify.DEIDENTIFIED: sends.codes("deidentified", SentField),
            Notify.IDENTIFIED: sends.codes("identified", SentField),
        },
        report_sends=sends.codes("report", SentField),
        tribe_leads=reader.flag("tribe_leads", default=True),
    )
    sends.done()
    reader.done()
    if len(reader.problems) == before:
        _check(reader, table)
    return table


def _check(reader: Reader, table: RuleTable) -> None:
    for problem in check_table(rules=table):
        reader.problem(problem.what, problem.fix, key=f"rows[{problem.row}]")
    if table.identifying_fields:
        named = ", ".join(table.identifying_fields)
        reader.problem(
            f"A notification without names asks for {named}.",
            "It is treated as identified and the screen says so. Take the fields out to keep it nameless.",
            key="sends.deidentified",
            severity=Severity.WARNING,
        )


def _read_row(reader: Reader) -> RuleRow:
    row = RuleRow(
        id=reader.text("id"),
        when=_read_when(reader),
        then=_read_outcome(reader.child("then")),
        citations=reader.texts("citations"),
        review_needed=reader.status().review_needed,
    )
    if not row.citations:
        reader.problem("This row has no authority.", "Name a statute, or `product default`.", key="citations")
    reader.done()
    return row


def _read_outcome(reader: Reader) -> Outcome:
    outcome = Outcome(
        notify=reader.code("notify", Notify),
        report=reader.flag("report"),
        level=reader.code("level", Level),
        plan_offered=reader.flag("plan_offered"),
        lead=reader.code("lead", LeadKind),
        co_leads=reader.codes("co_leads", LeadKind),
        due=_read_due(reader, "due"),
        report_due=_read_due(reader, "report_due"),
        says=reader.words("says") if "says" in reader else {},
    )
    if outcome.report and outcome.report_due is None:
        reader.problem("A report is made but nothing says when.", "Add report_due.", key="report_due")
    if outcome.notify is not Notify.NONE and outcome.due is None:
        reader.problem("A notification is made but nothing says when.", "Add due.", key="due")
    reader.done()
    return outcome


def _read_due(reader: Reader, key: str) -> RowDue | None:
    if key not in reader:
        return None
    if key == "due" and reader.raw(key) == "before_discharge":
        return RowDue(before_discharge=True)
    return RowDue(rule=reader.due(key))


def _read_when(reader: Reader) -> Condition:
    raw = reader.raw("when")
    if raw == "always":
        return ALWAYS
    return _condition(reader, raw, "when")


def _condition(reader: Reader, raw: object, where: str) -> Condition:
    """Read one condition. Several keys in one mapping must all hold."""
    if not isinstance(raw, Mapping) or not raw:
        reader.problem("A condition was expected.", "Write `fact: [VALUE]`, all, any, not, or `always`.", key=where)
        return ALWAYS
    parts = tuple(_one(reader, str(key), value, f"{where}.{key}") for key, value in raw.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _one(reader: Reader, key: str, value: object, where: str) -> Condition:
    match key:
        case "all":
            return All(_parts(reader, value, where))
        case "any":
            return AnyOf(_parts(reader, value, where))
        case "not":
            return Not(_condition(reader, value, where))
        case "some_exposure":
            return SomeExposure(_matcher(reader, value, where))
        case "every_exposure":
            return EveryExposure(_matcher(reader, value, where))
    if key not in FACT_FIELDS:
        reader.problem(f"{key} is not a fact that rules may ask about.", f"Use one of {', '.join(FACT_FIELDS)}.", key=where)
        return ALWAYS
    return FactIn(key, _values(reader, value, FACT_FIELDS[key], where))


def _parts(reader: Reader, value: object, where: str) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        reader.problem("A list of conditions was expected.", "Write each as a `- ` line.", key=where)
        return ()
    return tuple(_condition(reader, part, f"{where}[{place}]") for place, part in enumerate(value, start=1))


def _matcher(reader: Reader, value: object, where: str) -> ExposureMatcher:
    if not isinstance(value, Mapping) or not value:
        reader.problem("What the exposure must be is missing.", "Write lines such as `group: [CANNABIS]`.", key=where)
        return ExposureMatcher(())
    lines = []
    for field, values in value.items():
        if field not in EXPOSURE_FIELDS:
            reader.problem(f"{field} is not known of an exposure.", f"Use one of {', '.join(EXPOSURE_FIELDS)}.", key=where)
            continue
        lines.append((str(field), _values(reader, values, EXPOSURE_FIELDS[field], f"{where}.{field}")))
    return ExposureMatcher(tuple(lines))


def _values(reader: Reader, raw: object, allowed: tuple[str, ...], where: str) -> frozenset[str]:
    values = raw if isinstance(raw, list) else [raw]
    known = {str(value) for value in allowed}
    for value in values:
        if value not in known:
            reader.problem(f"{value} is not a known value.", f"Use one of {', '.join(allowed)}.", key=where)
    return frozenset(str(value) for value in values)
