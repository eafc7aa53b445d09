"""The inventory in words: tabs of its pages, gaps on a map and in a table, and the changes that answer them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from careloom.directory.needs import catalogue
from careloom.directory.outlines import outlines
from careloom.infra.ui.components import Area, AreaMap, AreaTone, Status, Tabs
from careloom.inventory.models import Strategy
from careloom.inventory.queries import Gaps
from careloom.inventory.words import PROGRESS, SHAPES, WAYS
from careloom.kernel.partnership.array import GapFact, Progress, Shape
from careloom.kernel.suppression import Cell
from careloom.outcomes.needs import Needs
from careloom.partnership.standing import Standing

TONES: dict[Shape, Any] = {Shape.NO_SERVICE: "late", Shape.NO_ROOM: "late", Shape.TURNED_AWAY: "wait", Shape.ANSWERED: "done"}
PROGRESS_TONES: dict[str, Any] = {"PLANNED": "", "UNDER_WAY": "move", "IN_PLACE": "done", "STOPPED": "wait"}
PAGES: tuple[tuple[str, Any], ...] = (
    ("inventory", gettext_lazy("Gaps")),
    ("inventory_changes", gettext_lazy("Changes")),
    ("inventory_services", gettext_lazy("Services")),
    ("inventory_points", gettext_lazy("Five points")),
    ("inventory_standards", gettext_lazy("Quality")),
    ("inventory_promising", gettext_lazy("Seven strategies")),
    ("inventory_lasting", gettext_lazy("What lasts")),
    ("inventory_scale", gettext_lazy("Scope and scale")),
    ("inventory_sharing", gettext_lazy("Sharing data")),
)


def around(standing: Standing, here: str) -> dict[str, Any]:
    """What every page of the inventory has: the collaborative and the tabs."""
    row = standing.collaborative
    items = tuple((str(label), reverse(f"commons:{name}", args=[row.pk]), name == here) for name, label in PAGES)
    return {"row": row, "runs": standing.runs, "tabs": Tabs(label=_("Pages of the inventory"), items=items), "nav": "partnership"}


def need_words(code: str) -> str:
    """A need of the catalogue in words."""
    entry = catalogue().needs.get(code)
    return entry.label(get_language() or "en") if entry else code


def shown(cell: Cell) -> dict[str, Any]:
    """A count as a page shows it."""
    return {"value": cell.value, "hidden": cell.value is None}


def gap_page(found: Gaps, needs: Needs, *, need: str) -> dict[str, Any]:
    """Gaps as a picture and as lines; with `need` of that need only."""
    rows = [gap for gap in found.rows if not need or gap.need.code == need]
    pk = found.array.standing.collaborative.pk
    heads = [
        {
            "name": need_words(code), "families": shown(needs.totals[code]),
            "url": reverse("commons:partner_new", args=[pk]) if found.array.standing.runs else "",
        }
        for code in found.critical
    ]  # fmt: skip
    months = needs.months
    return {
        "lines": [_gap_line(found, gap, pk=pk, whole=needs.totals[gap.need.code]) for gap in rows],
        "critical": heads,
        "map": _map(found, needs, need=need, pack=_pack()),
        "months": _("%(first)s to %(last)s") % {"first": _month(months.first), "last": _month(_before(months.until))},
        "open": len([gap for gap in rows if gap.shape is not Shape.ANSWERED]),
        "unanswered": len([gap for gap in found.unanswered if not need or gap.need.code == need]),
        "need": need,
        "need_words": need_words(need) if need else "",
        "may_write": found.may_write,
        "choices": sorted(
            ((gap.need.code, need_words(gap.need.code)) for gap in {gap.need.code: gap for gap in found.rows}.values()), key=lambda pair: pair[1]
        ),
        "doubled": [
            {
                "need": need_words(code),
                "place": place,
                "services": ", ".join(found.array.by_key[key].name for key in keys),
                "n": len(keys),
                "url": _begin(pk, code, place, "COORDINATE") if found.may_write else "",
            }
            for code, place, keys in found.array.doubled[:12]
        ],
    }


def change_line(row: Strategy, *, today: date) -> dict[str, Any]:
    """A change in the list."""
    over = row.progress in (Progress.IN_PLACE, Progress.STOPPED)
    return {
        "what": row.what, "need": need_words(row.need), "place": row.place or _("Everywhere"), "way": WAYS[row.way],
        "owner": f"{row.owner}, {row.partner.name}", "due": date_format(row.due_on, "F j, Y"), "late": not over and row.due_on < today, "over": over,
        "status": Status(words=str(PROGRESS[row.progress]), tone=PROGRESS_TONES[row.progress]),
        "url": reverse("commons:inventory_change", args=[row.collaborative_id, row.pk]),
    }  # fmt: skip


def _gap_line(found: Gaps, gap: GapFact, *, pk: UUID, whole: Cell) -> dict[str, Any]:
    answers = [{"words": WAYS[row.way], "url": reverse("commons:inventory_change", args=[pk, row.pk])} for row in found.answers_to(gap)]
    services = ngettext("%(n)s service", "%(n)s services", len(gap.services)) % {"n": len(gap.services)} if gap.services else _("None")
    members = ngettext("%(n)s member gives it", "%(n)s members give it", gap.members) % {"n": gap.members} if gap.members else _("No member gives it")
    return {
        "need": need_words(gap.need.code), "place": gap.need.place, "families": shown(gap.need.families), "away": shown(gap.need.turned_away),
        "whole": _("%(n)s in all counties") % {"n": whole.value} if whole.value is not None else "",
        "services": services, "members": members,
        "room": _("%(n)s free") % {"n": gap.room} if gap.room is not None else _("Nobody says how much room there is") if gap.services else "",
        "status": Status(words=str(SHAPES[gap.shape]), tone=TONES[gap.shape]), "answers": answers,
        "url": _begin(pk, gap.need.code, gap.need.place, gap.suggested) if found.may_write and gap.shape is not Shape.ANSWERED else "",
        "suggested": WAYS[gap.suggested],
    }  # fmt: skip


def _begin(pk: UUID, code: str, place: str, way: str) -> str:
    return f"{reverse('commons:inventory_change_new', args=[pk])}?{urlencode({'need': code, 'place': place, 'way': way})}"


def _map(found: Gaps, needs: Needs, *, need: str, pack: str) -> AreaMap | None:
    """The counties with the number of gaps in each, or with the families and services of one need. None where the pack has no outlines."""
    drawn = outlines(pack=pack)
    if drawn is None or not set(needs.counties) & {one.name for one in drawn.places}:
        return None
    many = Counter(gap.need.place for gap in found.open if not need or gap.need.code == need)
    most = max(many.values(), default=0)
    by_place = {gap.need.place: gap for gap in found.rows if gap.need.code == need}
    areas = []
    for one in drawn.places:
        figure, note, tone = str(many[one.name]), ngettext("gap", "gaps", many[one.name]), _tone(many[one.name], most)
        if one.name not in needs.counties:
            figure, note, tone = "", "", "own"
        elif need:
            gap = by_place.get(one.name)
            families = gap.need.families if gap else Cell(value=0)
            figure = _("hidden") if families.value is None else str(families.value)
            services = len(gap.services) if gap else 0
            note = ngettext("families, %(n)s service", "families, %(n)s services", services) % {"n": services}
            tone = "none" if gap is None else "few" if gap.shape is Shape.ANSWERED else "some" if gap.shape is Shape.TURNED_AWAY else "many"
        areas.append(Area(name=one.name, points=one.points, x=one.label[0], y=one.label[1], figure=figure, note=note, tone=tone, inside=one.inside))
    return AreaMap(areas=tuple(areas), width=drawn.width, height=drawn.height)


def _tone(count: int, most: int) -> AreaTone:
    if not count:
        return "none"
    return "many" if count * 3 > most * 2 else "some" if count * 3 > most else "few"


def _pack() -> str:
    from django.conf import settings

    return str(settings.CARELOOM_PACK)


def _month(day: date) -> str:
    return date_format(day, "F Y")


def _before(day: date) -> date:
    """A day of the month before."""
    return day.replace(year=day.year - (day.month == 1), month=(day.month - 2) % 12 + 1, day=1)
