"""Looks for rows that see what no row sees: for each open mutant a row with one thing changed on which the mutant answers otherwise.

python -m tools.widen [modules] > lines      each line belongs into tests/spec/disclosure/variations.txt once it was read against the law

The engine's own answer is written down; whether it is the law's answer is for whoever reads the line.
"""

from __future__ import annotations

import json
import random
import signal
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.mutation.judge import judge  # noqa: E402
from tests.mutation.kernel import constant_sets, instead, modules, mutants_of  # noqa: E402
from tests.mutation.swap import code_of  # noqa: E402
from tests.spec.disclosure.every_row import Row, ends_of, pair_rows  # noqa: E402
from tests.spec.disclosure.variations import bases, changed  # noqa: E402
from tools.mutate import Accepted  # noqa: E402

from careloom.kernel.disclosure import Actor, Category, Decision, Facts, Outcome, Provenance, Purpose, Scenario, Subject, decide  # noqa: E402
from careloom.kernel.disclosure.memory import forget  # noqa: E402

MOST_TRIED = 30_000
Candidate = tuple[str, str, Scenario, Decision]


def changes(scenario: Scenario) -> Iterator[str]:
    """Every single change that is worth a try."""
    for name, kind in (("actor", Actor), ("subject", Subject), ("category", Category), ("purpose", Purpose)):
        yield from (f'request.{name}="{word.value}"' for word in kind)
    yield from (f'source.provenance="{word.value}"' for word in Provenance)
    yield from (f"source.{name}={value}" for name in ("is_covered_entity", "is_part2_program") for value in ("true", "false"))
    yield from (f'source.holder_type="{word}"' for word in ("hospital", "cps_agency", "school", "home_visiting"))
    yield from (f'request.actor_role="{word}"' for word in ("coroner", "parent_of_minor", "program_counsel", "caller"))
    yield from ('request.actor_org="-"', 'request.actor_org="Somebody Else"', f"request.actor_org={json.dumps(scenario.source.holder)}")
    yield "source.received_via=null"
    for field in fields(Facts):
        if field.name == "events":
            yield from ("facts.events=[]",) if scenario.facts.events else ()
            continue
        values: tuple[Any, ...] = (True, False, None) if field.type == "bool | None" else (None,) if getattr(scenario.facts, field.name) else ()
        yield from (f"facts.{field.name}={json.dumps(value)}" for value in values if getattr(scenario.facts, field.name) != value)
    yield from ("facts.patient_age=17", "facts.patient_age=18", 'facts.legal_custody="cps"', "facts.min_cell=10", "facts.min_cell=11")
    yield from ("facts.requested_span_years=1", "facts.requested_span_years=2", 'facts.use="fundraising"', 'facts.treats="infant"')
    yield from ('facts.fields=["birth_date"]', 'facts.fields=["birth_year"]', 'facts.deidentified="safe_harbor"', 'facts.target="program"')
    yield from (f'facts.legal_process="{word}"' for word in ("warrant", "subpoena"))
    if scenario.request.on:
        org = scenario.request.actor_org
        yield from (f"facts.restriction={json.dumps({'to': org, 'agreed': a, 'paid_in_full': p})}" for a, p in ((True, False), (False, True)))
    for part in ("consents", "orders", "agreements"):
        if getattr(scenario, part):
            yield f"{part}=null"
        for place, paper in enumerate(getattr(scenario, part)):
            yield from (f"{part}.{place}.{change}" for change in _paper_changes(paper, scenario))


def _paper_changes(paper: Any, scenario: Scenario) -> Iterator[str]:
    on = scenario.request.on
    days = [(on + timedelta(days=n)).isoformat() for n in (-1, 0, 1)] if on else []
    for field in fields(type(paper)):
        hint, value = str(field.type), getattr(paper, field.name)
        if hint == "bool":
            yield f"{field.name}={json.dumps(not value)}"
        elif hint.startswith("date"):
            yield from (f'{field.name}="{day}"' for day in days)
            yield f"{field.name}=null"
        elif hint == "tuple[str, ...]":
            yield f"{field.name}=[]"
            yield f"{field.name}={json.dumps([*value, 'part2.counseling_notes' if field.name in {'info', 'scope'} else 'treatment'])}"
            yield from (f"{field.name}={json.dumps(value[:n] + value[n + 1 :])}" for n in range(len(value)) if len(value) > 1)
        elif field.name == "statements":
            said = {one.name: getattr(value, one.name) for one in fields(type(value))}
            yield from (f"statements={json.dumps({**said, name: False})}" for name in said)
        elif field.name == "signer":
            yield from (f'signer="{word}"' for word in ("friend", "guardian", "other_parent", "mother", "program_director", "grandmother", "spouse"))
        elif hint.startswith("str") and field.name not in {"id"}:
            yield f"{field.name}={json.dumps('' if hint == 'str' else None)}"
        elif field.name == "kind":
            yield from (f'kind="{word.value}"' for word in type(value)) if value is not None else ()


def candidates() -> list[Candidate]:
    """Changed rows with the engine's answer, in an order that is the same each time."""
    found: list[Candidate] = []
    for row in pair_rows():
        for change in changes(row.scenario):
            try:
                scenario = changed(row.scenario, change)
            except (ValueError, KeyError, IndexError):
                continue
            if scenario != row.scenario:
                found.append((row.id, change, scenario, decide(scenario)))
    random.Random(8).shuffle(found)
    return found


def touching(found: list[Candidate], codes: set[CodeType]) -> dict[CodeType, list[int]]:
    """Which candidates run which function."""
    touched: dict[CodeType, list[int]] = {code: [] for code in codes}
    seen: set[CodeType] = set()

    def look(frame: Any, event: str, argument: object) -> None:
        if event == "call" and frame.f_code in codes:
            seen.add(frame.f_code)

    for place, (_, _, scenario, _) in enumerate(found):
        forget()
        seen.clear()
        sys.setprofile(look)
        decide(scenario)
        sys.setprofile(None)
        for code in seen:
            touched[code].append(place)
    return touched


def row_that_sees(candidate: Candidate) -> Row | None:
    """A row on which the engine as it is changed now differs, or None."""
    base, change, scenario, before = candidate
    try:
        after = decide(scenario)
    except Exception:
        return _row(base, change, scenario, before, before.basis[0])
    if after.outcome is not before.outcome or not set(before.obligations) <= set(after.obligations):
        return _row(base, change, scenario, before, before.basis[0])
    if before.permits and ends_of(after) != ends_of(before):
        return _row(base, change, scenario, before, before.basis[0])
    row = next((_row(base, change, scenario, before, citation) for citation in before.basis if citation not in after.basis), None)
    return row if row is not None and not row.agrees(after) else None


def _row(base: str, change: str, scenario: Scenario, answer: Decision, citation: str) -> Row:
    ends = ends_of(answer) if answer.permits else ""
    duties = frozenset(answer.obligations)
    return Row(id=f"{base}|{change}", scenario=scenario, outcome=Outcome(answer.outcome), citation=citation, duties=duties, ends=ends)


def main() -> int:
    wanted, known = set(sys.argv[1:]), Accepted()
    rows, found, chosen = judge(), candidates(), list[Row]()
    targets = [(m, f) for module in modules() if not wanted or module.__name__.rsplit(".", 1)[-1] in wanted for m, f in mutants_of(module)]
    touched = touching(found, {f.__code__ for _, f in targets})
    print(f"# {len(found)} candidates, {len(targets)} mutants", file=sys.stderr)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    for mutant, function in targets:
        code = function.__code__
        with code_of(function, mutant.code):
            signal.alarm(20)
            try:
                if mutant.key in known or rows.catches() is not None or any(not _still(row) for row in chosen):
                    continue
                forget()
                row = next((r for n in touched[code][:MOST_TRIED] if (r := row_that_sees(found[n])) is not None), None)
            except TimeoutError:
                continue
            finally:
                signal.alarm(0)
        forget()
        if row is not None:
            chosen.insert(0, row)
            base, _, change = row.id.partition("|")
            duties = " ".join(sorted(row.duties))
            print(f"{base} | {change} | {row.outcome} | {row.citation} | {duties} | {row.ends}", flush=True)
        else:
            print(f"# none sees {mutant.key}", file=sys.stderr, flush=True)
    return _sets(wanted, known, rows, found, chosen)


def _sets(wanted: set[str], known: Accepted, rows: Any, found: list[Candidate], chosen: list[Row]) -> int:
    for name, members in constant_sets():
        if (wanted and name.split(".")[0] not in wanted) or len(members) < 2:
            continue
        for member in sorted(members, key=str):
            if f"{name}: without member {member}" in known:
                continue
            with instead(members, members - {member}):
                if rows.catches() is not None or any(not _still(row) for row in chosen):
                    continue
                forget()
                about = [c for c in found if str(getattr(member, "value", member)) in repr(c[2])][:MOST_TRIED]
                row = next((r for c in about if (r := row_that_sees(c)) is not None), None)
            forget()
            if row is None:
                print(f"# none sees {name}: without member {member}", file=sys.stderr, flush=True)
                continue
            chosen.insert(0, row)
            base, _, change = row.id.partition("|")
            print(f"{base} | {change} | {row.outcome} | {row.citation} | {' '.join(sorted(row.duties))} | {row.ends}", flush=True)
    return 0


def _still(row: Row) -> bool:
    try:
        return row.agrees(decide(row.scenario))
    except Exception:
        return False


if __name__ == "__main__":
    assert isinstance(decide, FunctionType)
    assert bases()
    sys.exit(main())
