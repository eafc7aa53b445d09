"""The order of evaluation, and which law governs which category at which holder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tools.rules_book.keys import ASKED, DAY
from tools.rules_book.statements import REGIMES
from tools.rules_book.words import plain

from careloom.kernel.disclosure import Actor, Category, Provenance, Purpose, Request, Scenario, Source, Subject
from careloom.kernel.disclosure.facts import Facts
from careloom.kernel.disclosure.regimes import also_governs, regime_of

_ORDER = (
    "A question that lacks a recipient, a person, a category, a purpose, a day, a holder or the way the record came there is refused.",
    "The source and the category decide which law governs (the tables below). Where a record has a law of its own nature beside Part 2, both must "
    "permit: the denial of either stands, and two permits carry the duties of both until the earlier end.",
    "Every rule of that law that concerns the request and is in force on the day is asked. The order of the papers does not matter.",
    "One prohibition refuses, whatever else is found.",
    "Without a prohibition, one permission permits. Reasons, citations and duties of all permissions are put together.",
    "Where nothing permits, the answer is no: the default is to deny. The reasons of every door that stayed shut are given.",
    "Then stricter law of the place is asked. It can close what federal law opens and add duties, and can open nothing.",
    "Where a rule or a reason waits for counsel, the answer says that review is needed.",
)
_HOLDERS: tuple[tuple[str, Source], ...] = (
    ("Part 2 program", ASKED["PART2"][0]),
    ("hospital or clinic", ASKED["HIPAA"][0]),
    ("child welfare agency", ASKED["CW"][0]),
    ("another agency", ASKED["POSC"][0]),
)


def order_page() -> str:
    """The whole page."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield "# The order of evaluation\n\n"
    yield "".join(f"{number}. {line}\n" for number, line in enumerate(_ORDER, start=1))
    yield "\n# Which law governs\n\nThe engine was asked for each category at each kind of holder, with a record that the holder made itself.\n\n"
    yield "| Category | " + " | ".join(name for name, _ in _HOLDERS) + " |\n" + "| --- " * (len(_HOLDERS) + 1) + "|\n"
    for category in Category:
        cells = [_law(category, source, Provenance.ORIGINATING) for _, source in _HOLDERS]
        yield f"| {plain(category)} | " + " | ".join(cells) + " |\n"
    yield "\n## The way the record came changes its law\n\n"
    yield "The same category at a hospital (a covered entity that is no Part 2 program), by provenance.\n\n"
    shown = (Category.PART2_MEDICATION, Category.HIPAA_OB_RECORD, Category.POSC_PLAN_CORE, Category.CW_CASE_RECORD, Category.AGG_TABLE)
    yield "| How it came | " + " | ".join(plain(category) for category in shown) + " |\n" + "| --- " * (len(shown) + 1) + "|\n"
    hospital = ASKED["HIPAA"][0]
    for provenance in Provenance:
        yield f"| {plain(provenance)} | " + " | ".join(_law(category, hospital, provenance) for category in shown) + " |\n"
    inside = _law(Category.POSC_PLAN_CORE, hospital, Provenance.ORIGINATING, contains_part2=True)
    yield f"\nA record that is known to hold Part 2 content is governed by {inside}, whatever its category.\n\n## The laws\n\n"
    yield "".join(f"- [{title}](regime/{name.lower()}.md): {what}\n" for name, (title, what) in REGIMES.items())


def _law(category: Category, source: Source, provenance: Provenance, **facts: bool) -> str:
    found: list[str] = []
    for subject in Subject:
        request = Request(actor=Actor.COURT, actor_org="Court", subject=subject, category=category, purpose=Purpose.TREATMENT, on=DAY)
        scenario = Scenario(request=request, source=replace(source, provenance=provenance), facts=Facts(**facts))
        first = regime_of(scenario)
        second = also_governs(scenario, first)
        found += [law.name for law in (first, second) if law is not None and law.name not in found]
    return " and ".join([f"[{REGIMES[name][0]}](regime/{name.lower()}.md)" for name in found])
