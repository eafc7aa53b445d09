"""Parts of addresses that are codes: what is done with an assessment or a plan. No other word fits, so no address takes a name."""

from __future__ import annotations

from django.urls import register_converter

KINDS = {"child": "CHILD", "adult": "ADULT"}


class _Code:
    sample = ""

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: object) -> str:
        """The code."""
        return str(value)


class KindCode(_Code):
    """A child or an adult."""

    regex = "|".join(KINDS)
    sample = "child"


class DecidesCode(_Code):
    """What is decided about an assessment."""

    regex = "complete|approve|return|correct|offer"
    sample = "complete"


class PlanDoesCode(_Code):
    """What is done with a safety plan."""

    regex = "step|spoken|signature|contact|not-kept|end"
    sample = "step"


register_converter(KindCode, "safety_kind")
register_converter(DecidesCode, "safety_decides")
register_converter(PlanDoesCode, "safety_plan_does")
