"""Whether a mother's and an infant's bundle belong together: swapped, doubled or implausible files are named.

Nothing in a bundle links mother and infant, so this can only say what cannot be, and what a person should
look at. A problem that blocks stops the import; one that does not asks a person to say that it is right.
"""

from __future__ import annotations

from datetime import date, timedelta

from careloom.exchange.fhir.facts import BundleFacts, PregnancyFact, PregnancyOutcome, Role, Subject
from careloom.exchange.fhir.problems import Problem

YOUNGEST, OLDEST = 10, 60
WINDOW = timedelta(days=7)


def check_pair(*, mother: BundleFacts, infant: BundleFacts) -> list[Problem]:
    """Problems of giving these two bundles as mother and infant; an empty list says that nothing speaks against."""
    if _same_person(mother, infant):
        step = "Choose the infant's own bundle."
        return [Problem(path="infant", what="Both bundles are about the same person.", next_step=step)]
    swapped = _role_problems(mother, infant)
    if swapped:
        return swapped
    parent = next(s for s in mother.subjects if s.looks_like is not Role.INFANT)
    babies = [s for s in infant.subjects if s.looks_like is Role.INFANT or s.role is Role.INFANT]
    return [p for baby in babies for p in _fit(mother, parent, baby)]


def _role_problems(mother: BundleFacts, infant: BundleFacts) -> list[Problem]:
    mother_is_infant = all(s.looks_like is Role.INFANT for s in mother.subjects)
    infant_is_adult = all(s.looks_like is not Role.INFANT for s in infant.subjects)
    if mother_is_infant and infant_is_adult:
        step = "Give them the other way round."
        return [Problem(path="mother", what="The two files are swapped.", next_step=step)]
    if mother_is_infant:
        step = "Choose the mother's bundle."
        return [Problem(path="mother", what="The mother's file is about an infant.", next_step=step)]
    if infant_is_adult:
        step = "Choose the infant's bundle."
        return [Problem(path="infant", what="The infant's file is about an adult.", next_step=step)]
    return []


def _same_person(first: BundleFacts, second: BundleFacts) -> bool:
    if first.digest == second.digest:
        return True
    return any(_alike(a, b) for a in first.subjects for b in second.subjects)


def _alike(a: Subject, b: Subject) -> bool:
    shared = {(i.system, i.value) for i in a.identifiers} & {(i.system, i.value) for i in b.identifiers}
    names = {(n.family.lower(), n.given) for n in a.names} & {(n.family.lower(), n.given) for n in b.names}
    return bool(shared) or (bool(names) and a.birth_date == b.birth_date)


def _fit(mother: BundleFacts, parent: Subject, baby: Subject) -> list[Problem]:
    age = _years(parent.birth_date, baby.birth_date)
    if not YOUNGEST <= age <= OLDEST:
        step = "Check that both files are of one family."
        return [Problem(path="infant", what="The mother's age at the birth cannot be.", next_step=step)]
    if parent.deceased_on is not None and parent.deceased_on < baby.birth_date:
        step = "Check that both files are of one family."
        return [Problem(path="infant", what="The birth lies after the mother's death.", next_step=step)]
    known = [p for p in mother.pregnancies if p.subject_id == parent.source_id]
    if not known or any(_covers(p, baby.birth_date) for p in known):
        return []
    step = "Her record may end earlier or lack this pregnancy; say that the files belong together, or choose again."
    what = "No pregnancy in the mother's record ends with this birth."
    return [Problem(path="infant", what=what, next_step=step, blocks=False)]


def _covers(pregnancy: PregnancyFact, born: date) -> bool:
    if pregnancy.outcome not in (PregnancyOutcome.LIVE_BIRTH, PregnancyOutcome.ONGOING, PregnancyOutcome.UNKNOWN):
        return False
    if pregnancy.ends_on is not None:
        return abs(pregnancy.ends_on - born) <= WINDOW
    return pregnancy.starts_on <= born <= pregnancy.starts_on + timedelta(weeks=44)


def _years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
