"""Step 2: the directory of services, searched by need, place, language and what the place offers."""

from __future__ import annotations

from careloom.demo.walkthrough.report import hidden
from careloom.demo.walkthrough.walk import DANA, Walk
from careloom.directory.actions import import_directory
from careloom.directory.queries import search_services
from careloom.directory.seed import seed_facts

TITLE = "Directory: services by need, place, language and what they offer"
STEWARD = "encinarda"


def run(walk: Walk) -> None:
    """Import again, search, and be refused."""
    at = walk.day(-70)
    with walk.acting(STEWARD, at=at) as by:
        result = import_directory(facts=seed_facts(), by=by, at=at)
    walk.report.allowed(
        "the directory steward imports the directory again and nothing changes", not any(c.added or c.updated for c in result.changes)
    )
    with walk.acting(DANA, at=at) as by:
        walk.report.refused("a care coordinator may not change the directory", hidden(lambda: import_directory(facts=seed_facts(), by=by, at=at)))
        housing = search_services(need="HOUSING", place="Pine")
        spanish = search_services(language="es", place="Harbor")
        room = search_services(takes_pregnant=True, children_on_site=True)
        medicaid = search_services(need="RECOVERY_CARE", medicaid=True)
    rows = (("housing near Pine County", housing), ("help in Spanish near Harbor", spanish), ("care that takes pregnant women with children", room),
            ("recovery care that takes Medicaid", medicaid))  # fmt: skip
    for words, found in rows:
        walk.report.allowed(f"{words}: {len(found.object_list)} found", bool(found.object_list))
    with walk.acting(DANA, at=at):
        nothing = search_services(need="HOUSING", text="no such place anywhere")
    walk.report.refused("a search that nothing meets answers with nothing", not nothing.object_list)
