"""What is not final yet, in words: who wrote it down, who makes it final, and the button for those who may. Source: decision 0013."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.components import Status
from careloom.partnership.models import Body, Noted
from careloom.partnership.queries import paper_officer
from careloom.partnership.standing import Standing


def before_noting(standing: Standing, body: Body | None) -> str:
    """What somebody reads who writes down a decision of a body in which she holds no office; "" for its officers."""
    if body is None or body.pk in standing.officer_of:
        return ""
    words = _("You hold no office in %(body)s. What you write down shows as not final until an officer confirms it or the minutes are approved.")
    return words % {"body": body.name}


def mark_of(row: Noted | None) -> Status | None:
    """The mark on what was decided; None where it is final."""
    return Status(words=_("Not final yet"), tone="wait") if row is not None and row.confirmed_on is None else None


def told_of(row: Noted | None) -> str:
    """Who wrote it down for the body, and how it became final or will; "" where an officer wrote it herself."""
    if row is None:
        return ""
    noted = {"who": row.noted_by, "body": row.body.name}
    if row.confirmed_on is None:
        return _("Written down for %(body)s by %(who)s. It is final when an officer confirms it or the minutes are approved.") % noted
    final = {"day": date_format(row.confirmed_on, "F j, Y"), "who": row.confirmed_by}
    how = {
        "OFFICER": _("Confirmed by %(who)s, %(day)s."), "PAPER": _("Confirmed on paper by %(who)s, noted %(day)s."),
        "MINUTES": _("Final with the minutes approved %(day)s."),
    }[row.confirmed_how]  # fmt: skip
    return " ".join((_("Written down for %(body)s by %(who)s.") % noted, how % final))


def lines_of(rows: Iterable[Noted], *, standing: Standing) -> list[dict[str, Any]]:
    """What waits to be confirmed, each with the button for who may press it."""
    papers: dict[Any, Any] = {}
    lines = []
    for row in rows:
        words = _("Confirm it") if row.body_id in standing.officer_of else ""
        if not words and standing.runs:
            if row.body_id not in papers:
                papers[row.body_id] = paper_officer(row.body_id)
            words = _("%(who)s confirmed it on paper") % {"who": papers[row.body_id].name} if papers[row.body_id] else ""
        lines.append(
            {
                "words": row.words, "id": row.pk, "do": words,
                "quiet": _("%(body)s, written down by %(who)s, %(day)s")
                % {"body": row.body.name, "who": row.noted_by, "day": date_format(row.made_at, "F j, Y")},
                "url": reverse("commons:body_confirm", args=[row.collaborative_id, row.body_id]),
            }
        )  # fmt: skip
    return lines
