"""Writes docs/reference/indicators.md from the definitions that the product computes by, or says that it is out of date.

python -m tools.indicators_book write
python -m tools.indicators_book check
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from careloom.kernel.indicators.definition import Domain, Goal, Indicator, Kind, Theme  # noqa: E402
from careloom.outcomes.measures.recipes import RECIPES, shipped  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "indicators.md"

THEMES = {
    Theme.RECOVERY: "Recovery", Theme.REMAIN_AT_HOME: "Remain at home", Theme.REUNIFICATION: "Reunification", Theme.RECIDIVISM: "Recidivism",
    Theme.RE_ENTRY: "Re-entry", Theme.PLANS: "Plans of safe care", Theme.SERVICES: "Services: the way from notification to help",
    Theme.BIRTHS: "Births", Theme.FAIRNESS: "Fairness", Theme.PARTNERSHIP: "Partnership", Theme.FEDERAL: "Federal counts",
}  # fmt: skip
DOMAINS = {Domain.CHILD: "children", Domain.ADULT: "adults", Domain.FAMILY: "families", Domain.PARTNERSHIP: "the partnership"}
KINDS = {Kind.SHARE: "share", Kind.RATE: "rate", Kind.COUNT: "count", Kind.TIME: "time until it happens", Kind.MEAN: "amount for each one"}
GOALS = {Goal.UP: "more is better", Goal.DOWN: "less is better", Goal.KNOWN: "to be known, not to be moved"}

INTRODUCTION = """# Indicators

Every figure of the product comes from one of these definitions. They are YAML files in `packs/base/indicators`, each of which names a recipe in
`src/careloom/outcomes/measures`: one expression that runs unchanged on DuckDB and on Apache Spark. This page is written from them
(`python -m tools.indicators_book write`); change the definition, not the page.

How to read a figure:

- **Counted, met, apart, not known yet.** A recipe gives one row for each child, parent, family, birth, barrier or meeting. Counted is the
  denominator, met the numerator. Who is *apart* left the denominator for a stated reason and is shown beside. Who is *not known yet* is left out
  until the data reaches far enough: a figure with such people is provisional.
- **Intervals** are for 95 of 100: Wilson for shares, Byar for rates, Greenwood with log-log limits for times. Counts of everybody and amounts for
  each one have none.
- **Better or worse** is said only when the interval of the difference (Newcombe for shares, square-and-add for rates) leaves out zero and at least
  eleven people stand behind each share, or five events behind both rates. Else chance could explain it, or it is too early to say.
- **Times** are medians of Kaplan-Meier curves: those who are still waiting count.
- **As recollected** marks a figure or rule that we know and have not read at its source. Verify it before you rest anything on it.
- Observed performance only: the federal risk adjustment is not computed.
"""


def page() -> str:
    """The whole page."""
    indicators = shipped().values()
    parts = [INTRODUCTION, "## All of them\n", *_list(list(indicators))]
    for theme, title in THEMES.items():
        parts.append(f"\n## {title}\n")
        parts.extend(_section(one) for one in indicators if one.theme is theme)
    return "\n".join(parts).rstrip() + "\n"


def _list(indicators: list[Indicator]) -> Iterator[str]:
    yield "| Code | What it says | Of | Kind |\n|---|---|---|---|"
    for theme in THEMES:
        for one in indicators:
            if one.theme is theme:
                yield f"| [{one.code}](#{one.code.lower()}) | {one.title} | {DOMAINS[one.domain]} | {KINDS[one.kind]} |"


def _section(one: Indicator) -> str:
    """One indicator as it is reviewed, and how it is computed."""
    lines = [
        f"### {one.code}\n", f"**{one.title}.** {one.question}\n",
        f"- Success: {one.success}", f"- Numerator: {one.numerator}", f"- Denominator: {one.denominator}",
    ]  # fmt: skip
    if one.exclusions:
        lines.append(f"- Exclusions and rules: {' '.join(one.exclusions)}")
    lines += [
        f"- Shown as: {_shown(one)}; {GOALS[one.goal]}",
        f"- Source: {one.source}. Answers for it: {one.owner}. Reviewed every {one.review_months} months.",
        f"- Basis: {one.basis}" + (f". Requirement rows: {', '.join(one.rows)}" if one.rows else ""),
    ]
    if one.reference is not None:
        lines.append(f"- Others published: {one.reference.value:g} ({one.reference.source}, {one.reference.year})")
    lines.append(f"- Computed by `{one.measure.recipe}` from {', '.join(f'`{table}`' for table in one.draws_on)}{_told(one)}")
    for name, told in one.measure.variants.items():
        lines.append(f"- Variant `{name}`: {_words(told)}")
    return "\n".join([*lines, "", f"> {_docstring(one)}", ""])


def _shown(one: Indicator) -> str:
    return f"{KINDS[one.kind]}, of {one.per} {one.unit}" if one.kind is Kind.SHARE else f"{KINDS[one.kind]}, {one.unit}"


def _told(one: Indicator) -> str:
    return f", told {_words(one.measure.with_)}" if one.measure.with_ else ""


def _words(told: object) -> str:
    return f"`{yaml.safe_dump(told, default_flow_style=True, sort_keys=False, width=1000).strip()}`"


def _docstring(one: Indicator) -> str:
    return " ".join((inspect.getdoc(RECIPES[one.measure.recipe]) or "").split())


def out_of_date() -> bool:
    """Whether the page on disk is not what the definitions say."""
    return not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page()


def main() -> int:
    if sys.argv[1:] == ["write"]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
        print(f"{len(shipped())} indicators written to {PAGE}.")
        return 0
    if sys.argv[1:] == ["check"]:
        wrong = out_of_date()
        told = f"{PAGE.relative_to(ROOT)} is out of date. Write it again: .venv/bin/python -m tools.indicators_book write"
        print(told if wrong else "The page is what the definitions say.")
        return 1 if wrong else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
