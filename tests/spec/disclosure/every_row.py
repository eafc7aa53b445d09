"""Every row of the law that the repository has made itself, in one shape: for mutation and for the book of rules (docs/rules)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.spec.disclosure.test_other_pairs import PAIRS as OTHER_PAIRS
from tests.spec.disclosure.test_part2_pairs import PAIRS as PART2_PAIRS
from tests.spec.disclosure.test_rule_pairs import PAIRS as RULE_PAIRS

from careloom.exchange.disclosure_jsonl import read_scenario
from careloom.kernel.disclosure import Decision, Obligation, Outcome, Scenario, decide

HERE = Path(__file__).resolve().parent
PAIRS = [*PART2_PAIRS, *OTHER_PAIRS, *RULE_PAIRS]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question with the answer that the law gives: outcome, a citation that must be named, duties that must be among those owed."""

    id: str
    scenario: Scenario
    outcome: Outcome
    citation: str = ""
    duties: frozenset[Obligation] = frozenset()
    why: str = ""
    #: On which papers a permit rests and until when, as `C1 until 2027-05-01`, `open`; empty when the row does not say.
    ends: str = ""

    def agrees(self, decision: Decision) -> bool:
        """Whether the decision gives this answer."""
        if decision.outcome is not self.outcome or not self.duties <= set(decision.obligations):
            return False
        if self.ends and self.ends != ends_of(decision):
            return False
        return not self.citation or any(_names(citation, self.citation) for citation in decision.basis)


def ends_of(decision: Decision) -> str:
    """The papers and the last day of a permit in words."""
    day = f"until {decision.ends_on.isoformat()}" if decision.ends_on else "open"
    return " ".join((*decision.instruments, day))


def _names(citation: str, wanted: str) -> bool:
    short, long = sorted((citation, wanted), key=len)
    return long == short or long.startswith(short + "(")


def pair_rows() -> Iterator[Row]:
    """The pairs that stand in Python, with the citation and the duties of `pair_answers.txt`. A pair without a line says the outcome only."""
    answers = dict(_pair_answers())
    for name, permitted, refused in PAIRS:
        cite, owed, ends, no_cite, no_owed = answers.get(name, ("", "", "", "", ""))
        yield Row(id=name, scenario=permitted, outcome=Outcome.PERMIT, citation=cite, duties=_duties(owed), ends=ends)
        yield Row(id=f"{name}, refused twin", scenario=refused, outcome=Outcome.DENY, citation=no_cite, duties=_duties(no_owed))


def _pair_answers() -> Iterator[tuple[str, tuple[str, str, str, str, str]]]:
    for line in (HERE / "pair_answers.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, cite, owed, ends, no_cite, no_owed = (part.strip() for part in line.split("|"))
            yield name, (cite, owed, ends, no_cite, no_owed)


def unanswered() -> Iterator[str]:
    """A line for each pair that has none yet, as the engine answers now: to be read against the law, corrected and appended."""
    known = dict(_pair_answers())
    for name, permitted, refused in PAIRS:
        if name not in known:
            yes, no = decide(permitted), decide(refused)
            parts = (name, yes.basis[0], " ".join(yes.obligations), ends_of(yes), no.basis[0], " ".join(no.obligations))
            yield " | ".join(parts)


def _duties(words: str) -> frozenset[Obligation]:
    return frozenset(Obligation(word) for word in words.split())


def written_rows() -> Iterator[Row]:
    """The rows under `law`, which somebody wrote from the law alone, but for those on which engine and author still differ."""
    from tests.spec.disclosure.law import test_other, test_part2

    for raw in test_part2.ROWS:
        if raw["id"] not in test_part2.OPEN:
            yield row_of(raw)
    for raw in test_other.ROWS:
        if test_other._asked(raw) not in test_other.OPEN:
            yield row_of(raw)


def row_of(raw: dict[str, object]) -> Row:
    """A row in the form of the shared sample."""
    owed = raw["obligations"]
    return Row(
        id=str(raw["id"]),
        scenario=read_scenario(raw=raw),
        outcome=Outcome(str(raw["expect"])),
        citation=main_citation(str(raw["basis"])),
        duties=_duties(" ".join(owed) if isinstance(owed, list) else ""),
        why=str(raw["why"]),
    )


def main_citation(basis: str) -> str:
    """The first citation of a row, without remarks."""
    first = re.split(r"[,;]| vs ", basis)[0]
    return re.sub(r"\s+(\(|QSO|intermediary).*$|-\([A-Z]+\)$", "", first).strip()


if __name__ == "__main__":
    for line in unanswered():
        print(line)
