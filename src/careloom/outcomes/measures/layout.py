"""What the de-identified event extract holds: one Parquet table for each kind of event, days and codes, no name and no free text.

`realm` is a state's FIPS number (in micro-worlds, the place of the world); `subject` is a random number that stands for a child, an infant or a
caregiver, and `family` one for a mother and her children (who has none is her own family); `seq` keeps two events of one day in order. A day a thing
ends is the first day it no longer holds (DESIGN section 7). `vocabulary` says which codes the columns hold.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

_KEY: Final = {"realm": pa.int32(), "subject": pa.int64()}
_EVENT: Final = {**_KEY, "seq": pa.int32(), "on_date": pa.date32()}

STRATA: Final = ("race", "ethnicity", "language", "county", "payer", "disability", "site", "nation", "exposure", "arm")

# Each table of the extract and its columns.
TABLES: Final[dict[str, dict[str, pa.DataType]]] = {
    # A person as the figures see her: the role she is counted in, her family, the day of birth where a measure needs it, and by what one may look.
    "subjects": {**_KEY, "role": pa.string(), "family": pa.int64(), "born_on": pa.date32(), **dict.fromkeys(STRATA, pa.string())},
    # A time in the care of the agency: from removal to discharge, death or transfer. `trial_home_on` is the first day of the trial home visit
    # from which she went home without another setting between.
    "episodes": {
        **_KEY, "episode": pa.int32(), "entered_on": pa.date32(), "left_on": pa.date32(), "reason": pa.string(), "trial_home_on": pa.date32(),
    },
    "placements": {**_EVENT, "episode": pa.int32(), "setting": pa.string(), "place": pa.string()},
    "reports": {
        **_EVENT, "incident_on": pa.date32(), "disposition": pa.string(), "source": pa.string(), "child_factor": pa.string(),
        "screened": pa.string(),
    },
    "notifications": {**_EVENT, "basis": pa.string()},
    "plans": {**_EVENT, "plan": pa.string(), "prenatal": pa.bool_()},
    # Where following ends though nothing failed: a death, a move out of the state.
    "losses": {**_EVENT, "reason": pa.string()},
    # A stay with kin without a change of custody, a stay of mother and infant together in treatment: shown beside, never a removal.
    "stays": {**_EVENT, "kind": pa.string()},
    "adjudications": _EVENT,
    "supplies": {**_EVENT, "days": pa.int32()},
    "diagnoses": {**_EVENT, "code": pa.string()},
    "visits": {**_EVENT, "kind": pa.string()},
    # The way of one need to its service: each step that was reached, and why the next was not.
    "steps": {**_EVENT, "need": pa.string(), "service": pa.string(), "step": pa.string(), "lost_because": pa.string()},
    # What is known once about a birth: weeks of pregnancy, weight, days in newborn intensive care, nights in hospital.
    "births": {
        **_EVENT, "gestation_weeks": pa.int32(), "weight_grams": pa.int32(), "intensive_days": pa.int32(), "hospital_nights": pa.int32(),
        "tested": pa.bool_(),
    },
    # A time in treatment or another program: `completed` once it ended as planned, `rating` what she says of her own recovery last (1 to 5).
    "enrolments": {**_EVENT, "kind": pa.string(), "left_on": pa.date32(), "completed": pa.bool_(), "rating": pa.int32()},
    # A time in which a system of care serves somebody, so that those whom two systems serve can be counted without naming them.
    "systems": {**_EVENT, "system": pa.string(), "left_on": pa.date32()},
    # What a vital records office counts for us (births, eligible people), on the first day of the time that it counts: no person stands behind a row;
    # `subject` numbers it, and a row of `subjects` with that number and the role MARGIN holds the strata that the count is of.
    "margins": {**_EVENT, "measure": pa.string(), "people": pa.int64()},
    # The partnership's own events; `subject` stands for the barrier or the meeting.
    "barriers": {**_EVENT, "kind": pa.string(), "level": pa.string(), "closed_on": pa.date32()},
    "meetings": {**_EVENT, "kind": pa.string(), "expected": pa.int32(), "present": pa.int32()},
    # Time to an event for curves drawn from durations alone: days, and whether the event came (else the time was cut off).
    "durations": {**_KEY, "curve": pa.string(), "days": pa.int32(), "came": pa.bool_()},
}  # fmt: skip


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of one table of the extract."""
    return pa.schema(list(TABLES[table].items()))
