"""Parts of addresses that are codes: what is done with an assessment or a plan. No other word fits, so no address takes a name."""

from __future__ import annotations

from django.urls import register_converter

from careloom.infra.addresses import Code

KINDS = {"child": "CHILD", "adult": "ADULT"}


class KindCode(Code):
    """A child or an adult."""

    regex = "|".join(KINDS)
    sample = "child"


class DecidesCode(Code):
    """What is decided about an assessment."""

    regex = "complete|approve|return|correct|offer|void"
    sample = "complete"


class PlanDoesCode(Code):
    """What is done with a safety plan."""

    regex = "step|spoken|signature|contact|not-kept|end"
    sample = "step"


register_converter(KindCode, "safety_kind")
register_converter(DecidesCode, "safety_decides")
register_converter(PlanDoesCode, "safety_plan_does")
