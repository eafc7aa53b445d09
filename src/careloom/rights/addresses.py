"""Parts of addresses that are codes: which right, and what is done with a request. No other word fits, so no address takes a name."""

from __future__ import annotations

from django.urls import register_converter

from careloom.infra.addresses import Code
from careloom.rights.kinds import Right

DOES = ("verify", "putoff", "handover", "list", "correct", "disagree", "rebut", "agree", "end", "review", "deny")
SHE_DOES = ("take-back", "disagree", "second-look", "end")


class RightCode(Code):
    """One of the six rights."""

    regex = "|".join(right.value for right in Right)
    sample = Right.ACCESS.value


class DoesCode(Code):
    """What a keeper of papers does with a request."""

    regex = "|".join(DOES)
    sample = "deny"


class SheDoesCode(Code):
    """What she does with a request of hers."""

    regex = "|".join(SHE_DOES)
    sample = "take-back"


register_converter(RightCode, "right")
register_converter(DoesCode, "right_does")
register_converter(SheDoesCode, "she_does")
