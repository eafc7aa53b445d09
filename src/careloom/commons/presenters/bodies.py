"""One committee, team or group in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from careloom.commons.presenters.noted import lines_of
from careloom.commons.presenters.rooms import chairs_of
from careloom.infra.access import Viewer
from careloom.infra.ui.components import Fact, Facts
from careloom.partnership.models import Body, Seat
from careloom.partnership.queries import Rooms, not_final
from careloom.partnership.standing import waits_for_training
from careloom.partnership.words import AUTHORITIES, LEVELS, LIVED, OFFICES, RULES, SECTORS, SUPPORTS, TIERS

COMMIT_AGAIN = 365  # days after which a commitment is asked for again


def body_context(rooms: Rooms, body: Body, *, viewer: Viewer, today: date) -> dict[str, Any]:
    """The page of a body."""
    seats, leads = rooms.seats_in(body), rooms.standing.leads(body.pk)
    charter = rooms.charters.get(body.pk)
    facts = [
        Fact(label=_("Tier"), value=TIERS[body.tier]),
        Fact(label=_("Led by"), value=chairs_of(seats)),
        Fact(label=_("Convened by"), value=body.convened_by),
        Fact(label=_("Reports to"), value=body.reports_to),
        Fact(label=_("Decides with"), value=_("%(n)s members there") % {"n": body.quorum} if body.quorum else ""),
    ]
    lacking = [str(SECTORS[sector]) for sector in rooms.sectors_missing(body)]
    return {
        "rooms": rooms, "row": rooms.standing.collaborative, "body": body, "leads": leads, "charter": charter,
        "facts": Facts(items=tuple(fact for fact in facts if fact.value)), "lacking": get_text_list(lacking, _("and")) if lacking else "",
        "members": [_member(rooms, seat, viewer=viewer, leads=leads, today=today) for seat in seats],
        "waits": lines_of(not_final(viewer=viewer, collaborative_id=body.collaborative_id, body_id=body.pk), standing=rooms.standing),
        "rule": RULES[charter.rule] if charter else "", "adopted": date_format(charter.adopted_on, "F j, Y") if charter else "",
    }  # fmt: skip


def line_of(seat: Seat) -> str:
    """Whom a member asks for a decision of her agency, and how."""
    return f"{seat.line_to} ({seat.line_how})" if seat.line_to and seat.line_how else seat.line_to or seat.line_how


def _member(rooms: Rooms, seat: Seat, *, viewer: Viewer, leads: bool, today: date) -> dict[str, Any]:
    partner = next((row for row in rooms.partners if row.pk == seat.partner_id), None)
    own = seat.worker_id is not None and seat.worker_id == viewer.worker_id
    brings = [
        str(LEVELS[seat.level]) if seat.level else "", str(AUTHORITIES[seat.authority]) if seat.authority else "",
        _("Key decision maker") if seat.decides else "", _("Knows financing and budgets") if seat.money else "",
        *(str(LIVED[code]) for code in seat.lived), seat.expertise,
    ]  # fmt: skip
    args = [rooms.standing.collaborative.pk, seat.pk]
    stale = seat.committed_on is None or (today - seat.committed_on).days >= COMMIT_AGAIN
    return {
        "name": seat.name, "office": OFFICES[seat.office] if seat.office != "MEMBER" else "", "lens": seat.lens, "title": seat.title,
        "partner": partner.name if partner else "", "brings": ", ".join(part for part in brings if part),
        "supports": ", ".join(str(SUPPORTS[code]) for code in seat.supports), "line": line_of(seat), "days": seat.line_days,
        "commitment": seat.commitment,
        "trains": waits_for_training(seat, rooms.standing.collaborative), "train": reverse("commons:tasks", args=[args[0], "onboarding", seat.pk]),
        "term_over": bool(seat.term_ends_on and seat.term_ends_on < today),
        "needs": seat.needs_authority if seat.needs_authority and seat.granted_on is None else "",
        "edit": reverse("commons:seat", args=args) if leads or own else "", "leave": reverse("commons:seat_leave", args=args) if leads or own else "",
        "commit": reverse("commons:seat_commit", args=args) if own and stale else "",
    }  # fmt: skip
