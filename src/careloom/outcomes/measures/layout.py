"""What the de-identified event extract holds: one Parquet table for each kind of event, days and codes, no name and no free text.

`realm` is a state's FIPS number (in micro-worlds, the place of the world); `subject` is a random number that stands for a child, an infant or a
caregiver, and `family` one for a mother and her children (who has none is her own family); `seq` keeps two events of one day in order. A day a thing
ends is the first day it no longer holds (DESIGN section 7). `vocabulary` says which codes the columns hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa

_KEY: Final = {"realm": "int32", "subject": "int64"}
_EVENT: Final = {**_KEY, "seq": "int32", "on_date": "date32[day]"}

STRATA: Final = ("race", "ethnicity", "language", "county", "payer", "disability", "site", "nation", "exposure", "arm")

# Each table of the extract and its columns, with Arrow's names of their types: who only reads them loads no Arrow.
TABLES: Final[dict[str, dict[str, str]]] = {
    # A person as the figures see her: the role she is counted in, her family, the day of birth where a measure needs it, and by what one may look.
    "subjects": {**_KEY, "role": "string", "family": "int64", "born_on": "date32[day]", **dict.fromkeys(STRATA, "string")},
    # A time in the care of the agency: from removal to discharge, death or transfer. `trial_home_on` is the first day of the trial home visit
    # from which she went home without another setting between.
    "episodes": {
        **_KEY, "episode": "int32", "entered_on": "date32[day]", "left_on": "date32[day]", "reason": "string", "trial_home_on": "date32[day]",
    },
    "placements": {**_EVENT, "episode": "int32", "setting": "string", "place": "string"},
    "reports": {
        **_EVENT, "incident_on": "date32[day]", "disposition": "string", "source": "string", "child_factor": "string",
        "screened": "string",
    },
    "notifications": {**_EVENT, "basis": "string"},
    "plans": {**_EVENT, "plan": "string", "prenatal": "bool"},
    # Where following ends though nothing failed: a death, a move out of the state.
    "losses": {**_EVENT, "reason": "string"},
    # A stay with kin without a change of custody, a stay of mother and infant together in treatment: shown beside, never a removal.
    "stays": {**_EVENT, "kind": "string"},
    "adjudications": _EVENT,
    "supplies": {**_EVENT, "days": "int32"},
    "diagnoses": {**_EVENT, "code": "string"},
    "visits": {**_EVENT, "kind": "string"},
    # The way of one need to its service: each step that was reached, and why the next was not.
    "steps": {**_EVENT, "need": "string", "service": "string", "step": "string", "lost_because": "string"},
    # What is known once about a birth: weeks of pregnancy, weight, days in newborn intensive care, nights in hospital.
    "births": {
        **_EVENT, "gestation_weeks": "int32", "weight_grams": "int32", "intensive_days": "int32", "hospital_nights": "int32",
        "tested": "bool",
    },
    # A time in treatment or another program: `completed` once it ended as planned, `rating` what she says of her own recovery last (1 to 5).
    "enrolments": {**_EVENT, "kind": "string", "left_on": "date32[day]", "completed": "bool", "rating": "int32"},
    # A time in which a system of care serves somebody, so that those whom two systems serve can be counted without naming them.
    "systems": {**_EVENT, "system": "string", "left_on": "date32[day]"},
    # What a vital records office counts for us (births, eligible people), on the first day of the time that it counts: no person stands behind a row;
    # `subject` numbers it, and a row of `subjects` with that number and the role MARGIN holds the strata that the count is of.
    "margins": {**_EVENT, "measure": "string", "people": "int64"},
    # The partnership's own events; `subject` stands for the barrier or the meeting.
    "barriers": {**_EVENT, "kind": "string", "level": "string", "closed_on": "date32[day]"},
    "meetings": {**_EVENT, "kind": "string", "expected": "int32", "present": "int32"},
    # Time to an event for curves drawn from durations alone: days, and whether the event came (else the time was cut off).
    "durations": {**_KEY, "curve": "string", "days": "int32", "came": "bool"},
}  # fmt: skip


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of one table of the extract."""
    import pyarrow as pa

    return pa.schema([(name, pa.type_for_alias(kind)) for name, kind in TABLES[table].items()])
