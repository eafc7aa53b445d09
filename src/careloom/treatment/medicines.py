"""The medicines for opioid use disorder as the product shows them, each with where that stands and of which year. Source: R-147, R-148.

It is information for a talk and no advice: every screen that shows it says "ask your prescriber".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

#: The slides carry no year of their own; the newest source that they cite is of 2013.
SOURCE, YEAR = "Ohio MOMS, Child Welfare and MOMS", "2013"


@dataclass(frozen=True, kw_only=True)
class Known:
    """One medicine: its name, what is known of it in pregnancy, and from where."""

    code: str
    name: Any
    in_pregnancy: Any
    source: str = SOURCE
    year: str = YEAR


KNOWN: tuple[Known, ...] = (
    Known(code="METHADONE", name=_("Methadone"), in_pregnancy=_("Reduces craving and withdrawal. One of the most common medicines in treatment.")),
    Known(
        code="BUPRENORPHINE", name=_("Buprenorphine alone"),
        in_pregnancy=_("Reduces craving and withdrawal. The source prefers it to the combination in pregnancy; newer guidance may differ."),
    ),
    Known(
        code="BUPRENORPHINE_NALOXONE", name=_("Buprenorphine with naloxone"),
        in_pregnancy=_("Reduces craving and withdrawal. The source names it second in pregnancy; newer guidance may differ."),
    ),
    Known(
        code="NALTREXONE", name=_("Naltrexone"),
        in_pregnancy=_("Blocks the effect of opioids. Not recommended to begin in pregnancy."),
    ),
)  # fmt: skip
NAMES = {one.code: one.name for one in KNOWN}
