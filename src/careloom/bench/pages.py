"""The pages that are measured, with who opens them and how often they may ask the database."""

from __future__ import annotations

from dataclasses import dataclass

from careloom.bench.world import GIVEN_OF_TEN, World

SEARCH = "/families/search/"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its name in the figures, its address, who opens it, and the most statements and CPU milliseconds of the issue.

    With `asks`, that name is posted to the address first, and the page that it leads to is measured.
    """

    name: str
    path: str
    who: str
    most_queries: int | None = None
    most_cpu_ms: float | None = None
    asks: str = ""


def pages_of(world: World) -> list[Page]:
    """Every measured page of a world."""
    plan = f"/plans/{world.plan_twenty_needs}"
    return [
        Page(name="today", path="/today/", who=world.email, most_queries=12, most_cpu_ms=30),
        Page(name="today_whole_agency", path="/today/?all=1", who=world.supervisor_email, most_queries=12),
        Page(name="families", path="/families/", who=world.email, most_queries=12),
        Page(name="families_whole_agency", path="/families/", who=world.supervisor_email, most_queries=12),
        Page(name="search", path=SEARCH, asks=GIVEN_OF_TEN, who=world.email, most_queries=12, most_cpu_ms=25),
        Page(name="search_whole_agency", path=SEARCH, asks=GIVEN_OF_TEN, who=world.supervisor_email, most_queries=12, most_cpu_ms=25),
        Page(name="family_1_need", path=f"/families/{world.family_one_need}/", who=world.email, most_queries=25, most_cpu_ms=45),
        Page(name="family_20_needs", path=f"/families/{world.family_twenty_needs}/", who=world.email, most_queries=25, most_cpu_ms=45),
        Page(name="plan_versions_20_needs", path=f"{plan}/changes/", who=world.email, most_queries=25, most_cpu_ms=45),
        Page(name="hidden_family", path=f"/families/{world.family_twenty_needs}/", who=world.stranger_email),
        Page(name="absent_family", path="/families/3b8f0c1e-7a52-4c1d-9a55-6f0f8d0b7e11/", who=world.stranger_email),
        Page(name="plan_pdf", path=f"{plan}/plan.pdf?lang=en", who=world.email, most_cpu_ms=40),
    ]
