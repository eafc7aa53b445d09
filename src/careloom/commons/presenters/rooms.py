"""A collaborative in words: its tiers with what each holds, the wheel, the empty seats with what to do, and its partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.commons.doors import DOORS
from careloom.infra.ui.brought import Brought, in_order
from careloom.infra.ui.components import Spoke, Wheel
from careloom.kernel.partnership import Place, Sector, Tier
from careloom.partnership.models import Body, Collaborative, Seat
from careloom.partnership.queries import Rooms
from careloom.partnership.words import KINDS, REACHES, SECTORS, STREAMS, TIERS

SEAT: dict[Place, Any] = {Place.HELD: "held", Place.EMPTY: "empty", Place.NOT_NEEDED: "none"}
MOST_GAPS = 6
MOST_NAMES = 3


@dataclass(frozen=True, kw_only=True)
class Card:
    """A collaborative in the list."""

    name: str
    url: str
    lede: str


@dataclass(frozen=True, kw_only=True)
class TierLine:
    """A body as its tier shows it."""

    name: str
    url: str
    tier: str
    members: str
    chairs: str
    chips: list[dict[str, str]]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Somebody who is missing, what that means, and the way to mend it; `url` is "" for who may not."""

    head: str
    words: str = ""
    url: str = ""
    do: str = ""


def cards(rows: list[Collaborative]) -> list[Card]:
    """The collaboratives of the reader."""
    return [Card(name=row.name, url=reverse("commons:rooms", args=[row.pk]), lede=", ".join([str(REACHES[row.reach]), *row.places])) for row in rows]


def whole(rooms: Rooms, *, today: date, chips: dict[UUID, list[dict[str, str]]]) -> dict[str, Any]:
    """The page of a collaborative. `chips`: what each body holds, by its id."""
    gaps = list(gaps_of(rooms))
    held = sum(place is Place.HELD for row in rooms.wheel.values() for place in row.values())
    empty = sum(place is Place.EMPTY for row in rooms.wheel.values() for place in row.values())
    runs, vision = rooms.standing.runs, rooms.vision
    return {
        "rooms": rooms, "row": rooms.standing.collaborative, "lede": _lede(rooms),
        "lines": [_tier_line(rooms, body, chips=chips.get(body.pk, [])) for body in rooms.bodies],
        "wheel": wheel_of(rooms), "held": _("%(held)s of %(all)s places are held.") % {"held": held, "all": held + empty} if held + empty else "",
        "runs": runs,
        "gaps": gaps[:MOST_GAPS], "more_gaps": max(0, len(gaps) - MOST_GAPS), "vision": vision,
        "vision_due": bool(vision and vision.review_on < today), "mine": _mine(rooms),
        "doors": _doors(rooms),
    }  # fmt: skip


def _doors(rooms: Rooms) -> list[dict[str, Any]]:
    """The rooms, and for who runs the house or holds a seat in it the report card, which she reads by her seat."""
    standing = rooms.standing
    doors: list[dict[str, Any]] = [{"words": door.words, "url": door.url(standing.collaborative.pk), "icon": door.icon} for door in DOORS]
    bodies = {body.pk for body in rooms.bodies}
    sits = any(row.worker_id is not None and row.worker_id == standing.worker_id and row.body_id in bodies for row in rooms.seats)
    if standing.runs or sits:
        doors.append({"words": _("How families are doing"), "url": reverse("outcomes:card"), "icon": "trending_up"})
    return doors


def wheel_of(rooms: Rooms) -> Wheel:
    """The sixteen kinds of partner by the three tiers."""
    spokes = (Spoke(label=str(SECTORS[sector]), seats=tuple(SEAT[place] for place in row.values())) for sector, row in rooms.wheel.items())
    return Wheel(spokes=tuple(spokes), middle=(_("16 kinds"), _("of partner")))


def gaps_of(rooms: Rooms) -> Iterator[Gap]:
    """Who is missing, the heaviest first: partners, tiers, lived experience, money, decision makers, kinds, services, authority, chairs."""
    pk, runs = rooms.standing.collaborative.pk, rooms.standing.runs
    if not rooms.partners:
        url = reverse("commons:partner_new", args=[pk]) if runs else ""
        yield Gap(head=_("No partner yet."), words=_("A partner leads each committee, so begin with them."), url=url, do=_("Add a partner"))
    for tier in rooms.tiers_missing:
        url = f"{reverse('commons:body_new', args=[pk])}?tier={tier}" if runs else ""
        yield Gap(head=_("No %(tier)s yet.") % {"tier": str(TIERS[tier]).lower()}, words=_("The structure is incomplete."), url=url, do=_("Add it"))
    for tier in rooms.unlived:
        body = next(row for row in rooms.bodies if row.tier == tier)
        yield _seat_gap(rooms, body, head=_("No family member on: %(tier)s.") % {"tier": TIERS[tier]}, words=_("Families sit at every tier."))
    core = next((row for row in rooms.bodies if row.tier == Tier.CORE), None)
    if core is not None and not rooms.has_money:
        yield _seat_gap(rooms, core, head=_("Nobody knows budgets and financing."), words=_("The core team needs at least one."))
    if rooms.undecided:
        head = ngettext(
            "One partner of the core team has no key decision maker on oversight:",
            "%(n)s partners of the core team have no key decision maker on oversight:", len(rooms.undecided),
        )  # fmt: skip
        names = _few([row.name for row in rooms.undecided])
        yield Gap(head=head % {"n": len(rooms.undecided)}, words=names, url=f"{reverse('commons:missing', args=[pk])}#undecided", do=_("See who"))
    for body in rooms.bodies:
        lacking = [sector for sector in rooms.sectors_missing(body) if sector is not Sector.FAMILIES]
        if lacking:
            words = get_text_list([str(SECTORS[sector]) for sector in lacking], _("and"))
            yield _seat_gap(rooms, body, head=_("Missing on %(body)s:") % {"body": body.name}, words=f"{words}.")
    if rooms.streams_missing and rooms.partners:
        words = get_text_list([str(STREAMS[stream]) for stream in rooms.streams_missing], _("and"))
        yield Gap(head=_("Services that nobody here gives:"), words=f"{words}.", url=reverse("commons:partners", args=[pk]), do=_("See the partners"))
    if rooms.beyond_missing and rooms.partners:
        url = f"{reverse('commons:partner_new', args=[pk])}?kind={rooms.beyond_missing[0]}" if runs else ""
        words = get_text_list([str(KINDS[kind]) for kind in rooms.beyond_missing], _("and"))
        yield Gap(head=_("Nobody speaks for:"), words=f"{words}.", url=url, do=_("Add a partner"))
    for body in rooms.bodies:
        names = [seat.name for seat in rooms.misfits if seat.body_id == body.pk]
        if names:
            words = _("What they may decide is not what this tier decides: %(names)s") % {"names": _few(names)}
            yield Gap(head=f"{body.name}.", words=words, url=reverse("commons:body", args=[pk, body.pk]), do=_("Look at it"))
    for body in rooms.bodies:
        if rooms.one_lens(body):
            words = _("Both co-chairs come from one kind of partner. Two lenses see more.")
            yield Gap(head=f"{body.name}.", words=words, url=reverse("commons:body", args=[pk, body.pk]), do=_("See it"))


def partner_lines(rooms: Rooms) -> list[dict[str, Any]]:
    """Every partner: its kinds, how many of it sit, and the way to change it for who may."""
    sit = Counter(seat.partner_id for seat in rooms.seats)
    return [
        {
            "name": row.name, "kinds": ", ".join(str(SECTORS[code]) for code in row.sectors), "brings": row.brings,
            "sits": ngettext("%(n)s member", "%(n)s members", sit[row.pk]) % {"n": sit[row.pk]} if sit[row.pk] else _("No member yet"),
            "url": reverse("commons:partner", args=[row.collaborative_id, row.pk]) if rooms.standing.speaks_for(row.pk) else "",
        }
        for row in rooms.partners
    ]  # fmt: skip


def chairs_of(seats: tuple[Seat, ...]) -> str:
    """Who leads a body, by name."""
    chair = [row.name for row in seats if row.office == "CHAIR"]
    both = [row.name for row in seats if row.office == "CO_CHAIR"]
    if chair:
        return _("Chair: %(name)s") % {"name": chair[0]}
    return _("Co-chairs: %(names)s") % {"names": get_text_list(both, _("and"))} if both else _("No chair yet")


def _seat_gap(rooms: Rooms, body: Body, *, head: str, words: str) -> Gap:
    url = reverse("commons:seat_new", args=[body.collaborative_id, body.pk]) if rooms.standing.leads(body.pk) else ""
    return Gap(head=head, words=words, url=url, do=_("Add a member"))


def _few(names: list[str]) -> str:
    """The first names, and how many more."""
    more = len(names) - MOST_NAMES
    shown = names[:MOST_NAMES] + ([ngettext("one more", "%(n)s more", more) % {"n": more}] if more > 0 else [])
    return get_text_list(shown, _("and")) + "."


def _lede(rooms: Rooms) -> str:
    tribes = sum("TRIBES" in row.sectors for row in rooms.partners)
    others = len(rooms.partners) - tribes
    if not rooms.partners:
        return _("It begins with its partners, and with an oversight committee, a core team and work groups.")
    parts = [ngettext("%(n)s partner", "%(n)s partners", others) % {"n": others}] if others else []
    parts += [ngettext("one Tribe", "%(n)s Tribes", tribes) % {"n": tribes}] if tribes else []
    tiers = {Tier(row.tier) for row in rooms.bodies}
    return f"{get_text_list(parts, _('and'))}. " + (
        ngettext("One tier.", "%(n)s tiers.", len(tiers)) % {"n": len(tiers)} if tiers else _("No tier yet.")
    )


def _tier_line(rooms: Rooms, body: Body, *, chips: list[dict[str, str]]) -> TierLine:
    seats = rooms.seats_in(body)
    families = sum(bool(row.lived) for row in seats)
    members = ngettext("%(n)s member", "%(n)s members", len(seats)) % {"n": len(seats)}
    members += (
        ", " + ngettext("%(n)s of them with lived experience", "%(n)s of them with lived experience", families) % {"n": families} if families else ""
    )
    notes = [_("Decides with %(n)s of %(all)s there") % {"n": body.quorum, "all": len(seats)}] if body.quorum else [_("No quorum agreed yet")]
    charter = rooms.charters.get(body.pk)
    notes.append(_("Charter, version %(n)s") % {"n": charter.version} if charter else _("No charter yet"))
    tier = str(TIERS[body.tier])
    return TierLine(
        name=body.name, url=reverse("commons:body", args=[body.collaborative_id, body.pk]), tier="" if body.name == tier else tier,
        members=members, chips=chips, chairs=chairs_of(seats), notes=tuple(notes),
    )  # fmt: skip


def _mine(rooms: Rooms) -> list[dict[str, Any]]:
    """The reader's own seats, by the body in which they are."""
    bodies = {body.pk: body.name for body in rooms.bodies}
    own = [row for row in rooms.seats if row.worker_id is not None and row.worker_id == rooms.standing.worker_id and row.body_id in bodies]
    return [{"pk": row.pk, "body": bodies[row.body_id], "title": row.title, "asks": not row.commitment} for row in own]


def mine_context(found: Iterable[Brought], *, today: date) -> dict[str, Any]:
    """What somebody owes in her rooms by how soon, and what came back to her."""
    week, rows = today + timedelta(days=7), in_order(found)
    heaps = (
        ("late", _("Late"), [one for one in rows if one.late]),
        ("week", _("This week"), [one for one in rows if not one.late and not one.news and one.due_on and one.due_on <= week]),
        ("later", _("Later"), [one for one in rows if not one.late and not one.news and not (one.due_on and one.due_on <= week)]),
        ("news", _("Came back to you"), [one for one in rows if one.news]),
    )
    late, owed = len(heaps[0][2]), sum(not one.news for one in rows)
    lede = [ngettext("One thing waits for you.", "%(n)s things wait for you.", owed) % {"n": owed}] if owed else [_("Nothing waits for you.")]
    lede += [ngettext("One is late.", "%(n)s are late.", late) % {"n": late}] if late else []
    return {"heaps": [{"id": key, "head": head, "rows": some} for key, head, some in heaps if some], "lede": " ".join(lede)}
