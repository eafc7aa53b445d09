"""By which definitions an agency's episodes are counted: those of its working agreement where one is in force, else those of the pack (R-203)."""

from __future__ import annotations

from dataclasses import replace

from careloom.agreements.queries import counted_by
from careloom.infra.access import Viewer
from careloom.infra.packs import current_pack
from careloom.kernel.packs.following import Position


def position_of(*, viewer: Viewer) -> Position:
    """The position as it counts for the agency of `viewer`. Codes that the pack does not know are left out; its version names the agreement's."""
    pack = current_pack().following.position
    agreed = counted_by(viewer=viewer)
    if agreed is None:
        return pack
    return replace(
        pack, version=f"{pack.version}, agreement {agreed.number}", admits_on=tuple(code for code in pack.admits_on if code in agreed.admits_on),
        discharge_reasons=tuple(one for one in pack.discharge_reasons if one.code in agreed.discharges),
    )  # fmt: skip
