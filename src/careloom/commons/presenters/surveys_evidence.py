"""Which records of the rooms could show an indicator of the stage of collaboration. Put together here, because the rooms do not know each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agreements.queries import in_force_of
from careloom.commons.presenters.surveys_numbers import of_numbers
from careloom.infra.access import Viewer
from careloom.inventory import queries as inventory
from careloom.kernel.partnership import Tier
from careloom.knowledge import queries as knowledge
from careloom.meetings import queries as meetings
from careloom.partnership.queries import Rooms

THREE_OF_FOUR = 75
#: Which indicator an agreement in force shows, by its kind.
SHOWS = {
    "MOU": "CHARTER", "WORKING": "CHARTER", "DATA_SHARING": "DATA_AGREEMENT", "QSOA": "DATA_AGREEMENT", "HOSPITAL": "SCREENING_PROTOCOL",
    "COMMUNICATION": "SCREENING_PROTOCOL",
}  # fmt: skip
Candidates = dict[str, list[tuple[str, str]]]


def candidates(rooms: Rooms, *, viewer: Viewer, at: datetime) -> Candidates:
    """Each indicator with the records that could show it: a record's key (kind:id) and its words. Raises NotVisible."""
    pk = rooms.standing.collaborative.pk
    found = _of_structure(rooms) | _of_rooms(pk, viewer=viewer, at=at) | of_numbers(pk, viewer=viewer)
    for one in in_force_of(viewer=viewer, collaborative_id=pk):
        words = _("%(title)s, version %(n)s, in force") % {"title": one.title, "n": one.number}
        found.setdefault(SHOWS[one.kind], []).append((f"AGREEMENT:{one.pk}", words))
    return {code: rows for code, rows in found.items() if rows}


def _of_structure(rooms: Rooms) -> Candidates:
    pk, told = rooms.standing.collaborative.pk, [row for row in rooms.partners if row.brings]
    found: Candidates = {"CHARTER": []}
    if rooms.partners and len(told) == len(rooms.partners):
        words = ngettext("The directory: one partner", "The directory: %(n)s partners, each with what it brings", len(told)) % {"n": len(told)}
        found["DIRECTORY"] = [(f"PARTNERS:{pk}", words)]
    for body in rooms.bodies:
        charter = rooms.charters.get(body.pk)
        if charter is not None and body.tier in (Tier.OVERSIGHT, Tier.CORE):
            words = _("Charter of %(body)s, version %(n)s, adopted %(day)s") % {
                "body": body.name, "n": charter.version, "day": date_format(charter.adopted_on),
            }  # fmt: skip
            found["CHARTER"].append((f"CHARTER:{body.pk}", words))
    if rooms.vision is not None:
        found["SHARED_GOALS"] = [(f"VISION:{pk}", _("Mission and vision, version %(n)s") % {"n": rooms.vision.version})]
    return found


def _of_rooms(pk: Any, *, viewer: Viewer, at: datetime) -> Candidates:
    found: Candidates = {}
    if words := len(knowledge.agreed_words(collaborative_ids=[pk], at=at)):
        found["GLOSSARY"] = [(f"WORDS:{pk}", ngettext("The glossary: one agreed word", "The glossary: %(n)s agreed words", words) % {"n": words})]
    trained = [one for one in knowledge.completion(viewer=viewer, collaborative_id=pk) if one.whole]
    if len(trained) > 1:
        found["CROSS_TRAINING"] = [(f"TRAINING:{pk}", _("Training: staff of %(n)s partners learned") % {"n": len(trained)})]
    whole = [one for one in meetings.attendance_over(viewer=viewer, collaborative_id=pk, at=at) if one.all]
    if whole and 100 * whole[-1].there >= THREE_OF_FOUR * whole[-1].all:
        share = round(100 * whole[-1].there / whole[-1].all)
        found["ATTENDANCE"] = [(f"MEETINGS:{pk}", _("Attendance: %(n)s of 100 came in the last quarter") % {"n": share})]
    lasting = inventory.lasting(viewer=viewer, collaborative_id=pk)
    secured = [one for one in lasting.funds if one.until is None or one.after == "SECURED"]
    if secured and not lasting.ending(at.date()):
        found["SUSTAINED_FUNDING"] = [(f"FUNDS:{pk}", _("Sources of money that last: %(n)s") % {"n": len(secured)})]
    return found
