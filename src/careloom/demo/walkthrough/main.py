"""Runs the nine steps, one after the other, and says whether each expectation held."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from careloom.demo.bundles import infant_bundle, mother_bundle
from careloom.demo.county import generate_county
from careloom.demo.load.county import SEED
from careloom.demo.load.ground import lay_ground
from careloom.demo.walkthrough import (
    birth,
    bringing_in,
    counting,
    finding_services,
    her_page,
    prenatal,
    printing,
    referring,
    reviewing,
)
from careloom.demo.walkthrough.report import Report
from careloom.demo.walkthrough.walk import Walk
from careloom.exchange.importing import File, Read, read_files
from careloom.infra import clock

STEPS: tuple[Any, ...] = (bringing_in, finding_services, prenatal, birth, referring, reviewing, printing, her_page, counting)
RECENT = timedelta(days=60)
"""What she shares by her card lives 90 days, so the days of the walk must not lie further back."""


def walk_through(*, mother: Path | None, infants: tuple[Path, ...], out: Path, say: Callable[[str], None]) -> Report:
    """Walk through the main job in the database at hand, which must be empty.

    Raises:
        WalkthroughStopped: the bundles were refused, or a step failed on which the others build.
    """
    out.mkdir(parents=True, exist_ok=True)
    report = Report(say=say)
    county = generate_county(families=1, months=6, seed=SEED, ends_on=clock.today())
    story = county.families[0]
    today = clock.today()
    mother_file = _file(mother) if mother else _made("mother.json", mother_bundle(story=story, as_of=today))
    infant_files = tuple(_file(path) for path in infants) or tuple(
        _made(f"infant{baby.birth_order}.json", infant_bundle(story=story, infant=baby, as_of=today)) for baby in story.infants
    )
    born = _born_on(infant_files) or story.infants[0].born_at.date()
    begins = born if born > today - RECENT else today - timedelta(days=21)
    ground = lay_ground(county, at=_noon(begins) - timedelta(days=600))
    walk = Walk(report=report, ground=ground, out=out, mother_file=mother_file, infant_files=infant_files, born_on=born, begins_at=_noon(begins))
    for number, step in enumerate(STEPS, start=1):
        report.step(number, step.TITLE)
        step.run(walk)
    return report


def _born_on(files: tuple[File, ...]) -> date | None:
    """The birth day that the infants' files tell; None when they are not readable, which step 1 then says."""
    read = read_files(mother=None, infants=files)
    days = [s.birth_date for facts in read.all for s in facts.subjects if s.birth_date] if isinstance(read, Read) else []
    return max(days, default=None)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(16), tzinfo=UTC)


def _file(path: Path) -> File:
    return File(name=path.name, data=path.read_bytes())


def _made(name: str, page: dict[str, object]) -> File:
    return File(name=name, data=json.dumps(page, ensure_ascii=False).encode())
