"""What is published, as data: families of indicators over one cohort, and by what each is cut (packs/base/publishing/plan.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import msgspec

from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

# Who reads exact numbers of one of its groups: a county or an agency its own, a nation its citizens'.
TOLD: Final = frozenset({"county", "site", "arm", "nation"})
# Cuts of which one follows from another: publishing two of them would cross them.
JOINED: Final = frozenset({"county", "site", "arm"})
NATION: Final = "nation"


class Family(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indicators whose people are the same, or lie within each other. Fields as said in the file."""

    deep: tuple[str, ...]
    whole: tuple[str, ...]
    follow: tuple[tuple[str, ...], ...]
    cuts: tuple[str, ...]
    last: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """All its indicators."""
        return (*self.deep, *self.whole)


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The families by name."""

    families: Mapping[str, Family]

    def __post_init__(self) -> None:
        """Refuse a plan whose tables would overlap.

        :raises ValueError: an indicator stands in two families, or two cuts of a family follow from each other.
        """
        codes = [code for family in self.families.values() for code in family.codes]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)}: an indicator stands in one family only.")
        for name, family in self.families.items():
            if len(JOINED.intersection(family.cuts)) > 1:
                raise ValueError(f"{name}: county, site and arm follow from each other. Name one of them.")

    def family_of(self, code: str) -> str | None:
        """The family of an indicator, or None when it is not published."""
        return next((name for name, family in self.families.items() if code in family.codes), None)


@cache
def shipped_plan() -> Plan:
    """The plan that ships."""
    path = packs_folder() / "base" / "publishing" / "plan.yaml"
    return msgspec.convert(read_yaml(path.read_text(encoding="utf-8")), Plan)
