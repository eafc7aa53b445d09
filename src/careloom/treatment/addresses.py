"""Parts of addresses that are codes: which sort of entry, and what is done with a request. No other word fits, so no address takes a name."""

from __future__ import annotations

from django.urls import register_converter

from careloom.infra.addresses import Code
from careloom.treatment.codes import Sort

STEPS = ("interim", "admit", "close")


class SortCode:
    """One sort of entry, in small letters."""

    regex = "|".join(sort.value.lower().replace("_", "-") for sort in Sort)
    sample = "episode"

    def to_python(self, value: str) -> Sort:
        """The sort."""
        return Sort(value.upper().replace("-", "_"))

    def to_url(self, value: object) -> str:
        """Its word in an address."""
        return str(value).lower().replace("_", "-")


class AdmissionCode(Code):
    """What a program does with somebody who waits."""

    regex = "|".join(STEPS)
    sample = "interim"


register_converter(SortCode, "treatment_sort")
register_converter(AdmissionCode, "treatment_step")
