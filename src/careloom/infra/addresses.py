"""Parts of addresses that are codes. No other word fits, so no address takes a name."""

from __future__ import annotations


class Code:
    """A converter whose `regex` lists the codes; `sample` is one of them, for the sweeps of all addresses."""

    regex = ""
    sample = ""

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: object) -> str:
        """The code."""
        return str(value)
