"""The service array and the five points of intervention in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.commons.presenters.inventory import need_words
from careloom.inventory.queries import Array, Line
from careloom.inventory.words import PAYERS, POINTS, POPULATIONS
from careloom.kernel.partnership.array import Point
from careloom.partnership.standing import Standing

MOST_NAMED = 8


def lines(array: Array, *, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """The services that fit what was asked for: `place`, `population`, `payer`, `point`, `by` (MEMBERS or OTHERS)."""
    return [service_line(line, standing=array.standing) for line in array.lines if _fits(line, asked)]


def service_line(line: Line, *, standing: Standing) -> dict[str, Any]:
    """One service."""
    mine = line.offer_id is not None and line.partner is not None and standing.speaks_for(line.partner.pk)
    pk = standing.collaborative.pk
    return {
        "name": line.name, "organization": line.organization, "member": line.partner is not None,
        "needs": ", ".join(need_words(code) for code in line.needs),
        "places": _("Everywhere") if line.places is None else ", ".join(sorted(line.places)),
        "populations": ", ".join(str(POPULATIONS[code]) for code in line.populations if code in POPULATIONS),
        "payers": ", ".join(str(PAYERS[code]) for code in line.payers if code in PAYERS), "room": _room(line),
        "said": date_format(line.said_on, "F j, Y") if line.said_on else "", "notes": line.notes,
        "url": reverse("commons:inventory_offer", args=[pk, line.offer_id]) if mine else "",
        "end": reverse("commons:inventory_offer_end", args=[pk, line.offer_id]) if mine else "",
    }  # fmt: skip


def points(array: Array) -> list[dict[str, Any]]:
    """The five points with the services at each; an empty one says so (R-225)."""
    most = max((len(found) for found in array.by_point.values()), default=0)
    return [
        {
            "name": POINTS[point], "code": point.value, "n": len(found), "members": sum(line.partner is not None for line in found),
            "share": round(100 * len(found) / most) if most else 0, "more": max(0, len(found) - MOST_NAMED),
            "services": [{"name": line.name, "organization": line.organization} for line in _own_first(found, point)[:MOST_NAMED]],
            "url": f"{reverse('commons:inventory_services', args=[array.standing.collaborative.pk])}?point={point.value}",
        }
        for point, found in array.by_point.items()
    ]  # fmt: skip


def choices(array: Array) -> list[dict[str, Any]]:
    """What one may narrow the array by."""
    return [
        {"name": "place", "label": _("Place"), "options": [(name, name) for name in array.places]},
        {"name": "population", "label": _("For whom"), "options": list(POPULATIONS.items())},
        {"name": "payer", "label": _("Who pays"), "options": list(PAYERS.items())},
        {"name": "point", "label": _("When"), "options": list(POINTS.items())},
        {"name": "by", "label": _("Given by"), "options": [("MEMBERS", _("Members")), ("OTHERS", _("Others"))]},
    ]


def _fits(line: Line, asked: Mapping[str, str]) -> bool:
    place, point, by = asked.get("place"), asked.get("point"), asked.get("by")
    return (
        (not place or line.places is None or place in line.places)
        and (not asked.get("population") or asked["population"] in line.populations)
        and (not asked.get("payer") or asked["payer"] in line.payers)
        and (not point or point in line.points)
        and (not by or (by == "MEMBERS") == (line.partner is not None))
    )


def _own_first(found: tuple[Line, ...], point: Point) -> list[Line]:
    """Services that meet a family at few points first: they are what this point is about; then by name."""
    return sorted(found, key=lambda line: (len(line.points), line.name.casefold()))


def _room(line: Line) -> str:
    if line.room is None and line.most is None:
        return _("Not said")
    if line.room is None:
        return f"{line.most} {line.unit}".strip()
    if line.most is None:
        return _("%(room)s free") % {"room": line.room}
    return _("%(room)s of %(most)s free") % {"room": line.room, "most": line.most} + (f" ({line.unit})" if line.unit else "")
