"""Parts of a plan's addresses that are codes."""

from __future__ import annotations

from django.urls import register_converter

from careloom.infra.addresses import Code


class SectionCode(Code):
    """The letter of one section of a plan. One that the plan's pack does not know is answered as absent."""

    regex = "[A-Z]"
    sample = "B"


register_converter(SectionCode, "section_code")
