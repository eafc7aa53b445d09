"""Step 1: a hospital brings in the mother's and the infant's FHIR bundles. Broken, cut, swapped and doubled files change nothing."""

from __future__ import annotations

import json
from typing import Any

from careloom.demo.walkthrough.report import WalkthroughStopped
from careloom.demo.walkthrough.walk import DANA, LENA, RENEE, Walk
from careloom.exchange.importing import File, Imported, Refused, import_family
from careloom.health.models import Birth, Condition, Encounter, Medication
from careloom.infra import clock
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of, search

TITLE = "Import: a hospital brings in the records of mother and infant"


def run(walk: Walk) -> None:
    """Bring the files in, again, and damaged."""
    # Today: a hospital's file may tell of what happened up to today, however long ago the birth was.
    at = clock.now()
    done = _bring(walk, walk.mother_file, *walk.infant_files)
    if isinstance(done, Refused):
        for name, problem in done.problems:
            walk.report.say(f"   {name}: {problem.path}: {problem.what} {problem.next_step}")
        raise WalkthroughStopped("The bundles were refused and nothing was brought in. Mend what is named above, and start again.")
    for name, problem in done.warnings:
        walk.report.say(f"   noted: {name}: {problem.what}")
    walk.hospital_mother_id, walk.infants, walk.births = done.mother_id, done.infant_ids, done.birth_ids
    facts = f"{done.put.added} facts of {sum(done.used.values())} resources, {len(done.infant_ids)} infant(s), {sum(done.unknown.values())} unknown"
    walk.report.need(f"the hospital's social worker brings in {facts}", done.mother_id is not None and bool(done.infant_ids))
    before = _rows(walk)
    again = _bring(walk, walk.mother_file, *walk.infant_files)
    same = isinstance(again, Imported) and (again.put.added, again.put.changed) == (0, 0)
    walk.report.allowed("the same files again change nothing", same and _rows(walk) == before)
    for words, files in _damaged(walk).items():
        answer = _bring(walk, files[0], *files[1:])
        walk.report.refused(f"{words}: refused whole, with the path of what is wrong", isinstance(answer, Refused) and _rows(walk) == before)
    with walk.acting(RENEE, at=at) as by:
        her = names_of(viewer=by, identity_ids=[walk.hospital_mother_id])[walk.hospital_mother_id]  # type: ignore[index,list-item]
        found = bool(search(viewer=by, text=her.family_name).people)
        walk.language, walk.given, walk.family = her.language, her.given_name, her.family_name
    walk.report.allowed("the hospital's social worker finds the family by name", found)
    for key, who in ((LENA, "child welfare"), (DANA, "the treatment program")):
        with walk.acting(key, at=at) as by:
            walk.report.refused(f"{who} looks for the same name and finds nobody", not search(viewer=by, text=her.family_name).people)


def _bring(walk: Walk, mother: File, *infants: File) -> Imported | Refused:
    at = clock.now()
    with walk.acting(RENEE, at=at) as by:
        return import_family(by=by, at=at, mother=mother, infants=infants)


def _rows(walk: Walk) -> tuple[int, ...]:
    with walk.acting(RENEE, at=clock.now()):
        return tuple(model.objects.count() for model in (PersonRecord, Birth, Condition, Medication, Encounter))


def _damaged(walk: Walk) -> dict[str, tuple[File, ...]]:
    """The same files as they go wrong on their way."""
    mother, infant = walk.mother_file, walk.infant_files[0]
    cut = File(name=mother.name, data=mother.data[: len(mother.data) // 2])
    return {
        "a file that was cut off": (cut, infant),
        "a file with a broken resource": (mother, File(name=infant.name, data=_broken(infant.data))),
        "mother and infant swapped": (infant, mother),
        "the infant's file given twice as mother and infant": (infant, infant),
    }


def _broken(data: bytes) -> bytes:
    page: dict[str, Any] = json.loads(data)
    person = next(e["resource"] for e in page["entry"] if e["resource"]["resourceType"] == "Patient")
    person["birthDate"] = "the day before yesterday"
    return json.dumps(page).encode()
