"""Parts of addresses that are codes: what is done, which list, which file. No other word fits, so no address takes a name."""

from __future__ import annotations

from django.urls import register_converter

from careloom.infra.addresses import Code

DEEDS = (
    "open", "resource", "item", "sign", "close", "recovery", "remove", "custody", "visit", "hearing", "order", "enrol", "tribe", "notice", "effort",
)  # fmt: skip
ROW_DEEDS = (
    "fit", "ask-fit", "end-item", "review", "place", "pause", "back", "facts", "exit", "extend", "kin", "tell", "visit", "file", "held", "cancel",
    "court-review", "receipt",
)  # fmt: skip
LISTS = ("items", "reviews", "visits", "hearings", "kin", "papers", "placements", "custody", "efforts", "notices")


class DeedCode(Code):
    """What is done with a family or its open case."""

    regex = "|".join(DEEDS)
    sample = "resource"


class RowDeedCode(Code):
    """What is done with one row of a case."""

    regex = "|".join(ROW_DEEDS)
    sample = "visit"


class ListCode(Code):
    """Which list of a case."""

    regex = "|".join(LISTS)
    sample = "visits"


class FileCode(Code):
    """The page, or the Word file beside it."""

    regex = "page|word"
    sample = "page"


register_converter(DeedCode, "case_deed")
register_converter(RowDeedCode, "case_row_deed")
register_converter(ListCode, "case_list")
register_converter(FileCode, "case_file")
