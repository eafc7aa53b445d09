"""Days of treatment as the agency's place counts them."""

from __future__ import annotations

from datetime import datetime

from careloom.agencies.models import Agency
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import due_at
from careloom.kernel.packs import ClockName, ClockRule

CHECK_INS = (ClockName.STRESS_CHECK_1, ClockName.STRESS_CHECK_2, ClockName.STRESS_CHECK_3, ClockName.STRESS_CHECK_4, ClockName.STRESS_CHECK_5)
OUTREACH = (ClockName.TREATMENT_OUTREACH_1, ClockName.TREATMENT_OUTREACH_2, ClockName.TREATMENT_OUTREACH_3)


def interim_due(*, agency: Agency, asked_at: datetime) -> datetime:
    """By when somebody who waits has interim services (45 CFR 96.131; the pack says how far that was checked)."""
    pack = load_pack(name=agency.pack)
    return due_at(start=asked_at, rule=pack.clocks[ClockName.INTERIM_SERVICES].due, calendar=pack.calendar)


def interim_rule(*, agency: Agency) -> ClockRule:
    """The clock of interim services as the pack has it, for a screen that says where it comes from."""
    return load_pack(name=agency.pack).clocks[ClockName.INTERIM_SERVICES]
