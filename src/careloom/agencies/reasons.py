"""The reason for looking: for which purpose a worker reads, when an order or an agreement opened something for another than her agency's usual one.

A grant says for what it was given, and row security compares (42 CFR 2.13(a); 45 CFR 164.514(d)). Offered is only what some live grant to this
agency carries at all, so that the choice tells nothing about a family. It is kept in the session, and every look is logged with it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from careloom.infra.access import Viewer, require

KEY = "reason"
# INVARIANT: her own access, an emergency (which has a door of its own) and what is no care are never a reason that a worker picks.
WORDS: dict[str, Any] = {
    "treatment": _("Treatment"),
    "care_coordination": _("Planning together"),
    "posc_monitoring": _("Following how the plan goes"),
    "dependency_proceeding": _("A child welfare case in court"),
    "permanency_hearing": _("A hearing on where the child will live"),
    "criminal_proceeding": _("A criminal case"),
    "criminal_justice_monitoring": _("Following what a criminal court ordered"),
    "safety_assessment": _("Assessing whether the child is safe"),
    "child_abuse_followup": _("Following up a report"),
    "legal_defense": _("Defending in a case"),
    "icwa_notice": _("Notice to a Tribe"),
    "fatality_review": _("Review of a death"),
    "qso_service": _("A service to the program"),
    "system_operation": _("Running the data system"),
    "audit": _("Audit"),
    "program_evaluation": _("Evaluating the program"),
    "research": _("A study"),
    "public_health": _("Public health"),
    "payment": _("Paying for care"),
    "payment_of_services": _("Paying for services"),
    "health_care_operations": _("Running the clinic"),
    "pdmp_reporting": _("The state’s prescription list"),
    "education": _("School and early intervention"),
    "federal_reporting": _("Reports to the federal government"),
}
OFFERED = """SELECT p FROM unnest(%(words)s::text[]) p WHERE EXISTS (SELECT 1 FROM access_grant g
  WHERE g.recipient_id = %(principal)s AND p = ANY (g.purposes) AND g.valid_from <= access_now() AND g.valid_to > access_now() OFFSET 0)"""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """For what this request reads: the purpose, and whether it is the agency's usual one."""

    purpose: str
    is_usual: bool

    @property
    def words(self) -> str:
        """The reason in words."""
        return str(WORDS[self.purpose])


def reading(viewer: Viewer, *, session: MutableMapping[str, Any]) -> tuple[Viewer, Reason]:
    """The viewer with the reason that she chose in this session for this agency, else as she is. Asks nothing of the database."""
    kept = session.get(KEY) or {}
    wanted = kept.get("purpose")
    if kept.get("agency") != str(viewer.holder_id) or wanted not in WORDS or wanted == viewer.purpose:
        return viewer, Reason(purpose=viewer.purpose, is_usual=True)
    return viewer.for_purpose(wanted), Reason(purpose=wanted, is_usual=False)


def offered(*, viewer: Viewer, usual: str) -> list[str]:
    """The purposes that this agency may read for now: the usual one first, then those that some live grant to it carries. One query."""
    require(viewer)
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, {"words": list(WORDS), "principal": viewer.principal_id})
        carried = {row[0] for row in cursor.fetchall()}
    return [usual, *(word for word in WORDS if word in carried and word != usual)]


def choose(purpose: str, *, viewer: Viewer, usual: str, session: MutableMapping[str, Any]) -> bool:
    """Read for `purpose` from the next request on; False for one that is not offered, and then nothing changes."""
    if purpose not in offered(viewer=viewer, usual=usual):
        return False
    if purpose == usual:
        session.pop(KEY, None)
    else:
        session[KEY] = {"agency": str(viewer.holder_id), "purpose": purpose}
    return True
