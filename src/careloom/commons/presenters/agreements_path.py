"""What comes next: the way from an inventory to the annual report, by what is kept here. Source: Department Guidance 19, section 1."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agreements.queries import Whole, agreement_of, live_of
from careloom.agreements.written import provides
from careloom.commons.presenters.agreements import gap_line
from careloom.infra.access import Viewer
from careloom.inventory.queries import array_of
from careloom.kernel.partnership.agreements import OPEN, Gap, State
from careloom.partnership.queries import Rooms

INVENTORY = ("inventory_plan", "inventory_results", "needs_plan", "needs_results", "gaps", "methodology")


def steps(rooms: Rooms, *, viewer: Viewer, defined: bool) -> dict[str, Any]:
    """The steps in their order, each with whether it is done, what is missing, and where to go; the first open one is `now`."""
    pk = rooms.standing.collaborative.pk
    row = live_of(viewer=viewer, collaborative_id=pk, kind="WORKING")
    whole = agreement_of(viewer=viewer, collaborative_id=pk, agreement_id=row.pk) if row else None
    made = [_partners(rooms, pk), _services(pk, many=len(array_of(viewer=viewer, collaborative_id=pk).lines)), _begun(pk, whole)]
    made += _of_agreement(rooms, pk, whole) if whole else [_later(words) for words in _names()]
    made.append(
        {
            "name": _("Say what you call progress and success"),
            "done": defined,
            "words": _("Looked at again whenever a partner joins."),
            "url": reverse("commons:agreements_success", args=[pk]),
        }
    )
    now = next((one for one in made if not one["done"]), None)
    if now is not None:
        now["now"] = True
    return {"steps": made, "now": now, "done": sum(one["done"] for one in made), "all": len(made), "runs": rooms.standing.runs}


def _names() -> list[str]:
    return [
        _("Inventory, needs and gaps"), _("The workgroup"), _("The working agreement is whole"), _("Partners, counsel and signatures"),
        _("Final copy to each contract manager"), _("Self-audit"), _("Annual report to the Department"),
    ]  # fmt: skip


def _later(name: str) -> dict[str, Any]:
    return {"name": name, "done": False, "words": _("After the step before."), "url": ""}


def _partners(rooms: Rooms, pk: Any) -> dict[str, Any]:
    enough = len(rooms.partners) > 2 and any(provides(one) for one in rooms.partners)
    said = _("Add the Managing Entity, the lead agency and a provider of services.")
    return {"name": _("Partners"), "done": enough, "words": said, "url": reverse("commons:partners" if enough else "commons:partner_new", args=[pk])}


def _services(pk: Any, *, many: int) -> dict[str, Any]:
    """The inventory of services, from which the agreement takes its results."""
    said = ngettext("One service is in the inventory.", "%(n)s services are in the inventory.", many) % {"n": many}
    words = said if many else _("Say which services there are, for whom and where.")
    return {
        "name": _("Services"),
        "done": bool(many),
        "words": words,
        "url": reverse(f"commons:inventory_{'services' if many else 'offer_new'}", args=[pk]),
    }


def _begun(pk: Any, whole: Whole | None) -> dict[str, Any]:
    url = reverse("commons:agreement", args=[pk, whole.row.pk]) if whole else reverse("commons:agreement_new", args=[pk]) + "?kind=WORKING"
    return {
        "name": _("Begin a working agreement"),
        "done": whole is not None,
        "words": whole.row.title if whole else _("One for both parties."),
        "url": url,
    }


def _of_agreement(rooms: Rooms, pk: Any, whole: Whole) -> list[dict[str, Any]]:
    names, row = _names(), whole.row
    page = reverse("commons:agreement", args=[pk, row.pk])
    gaps = whole.written.gaps
    lacks = [one for one in gaps if one.code in INVENTORY]
    group = [one for one in gaps if one.code in {"workgroup", "workgroup_way"}]
    first = (
        reverse("commons:agreement_clause", args=[pk, row.pk, lacks[0].code])
        if lacks and row.state in {"DRAFT", "NEEDED", "AMENDMENT"}
        else f"{page}#inventory"
    )
    signed = bool(row.number)
    current = [one for one in whole.signatures if one.number == row.number]
    filed = signed and bool(current) and all(one.receipt_on for one in current)
    audit = next(iter(whole.audits), None)
    report = next(iter(whole.reports), None)
    return [
        _step(names[0], done=not lacks, open_words=_("%(n)s of 6 parts are missing.") % {"n": len(lacks)}, url=first),
        _step(
            names[1], done=not group, open_words=_("A body with members of each party and a service provider."), url=_workgroup(rooms, whole, group)
        ),
        _step(names[2], done=not gaps, open_words=_("%(n)s things are missing. Each has its link.") % {"n": len(gaps)}, url=f"{page}#missing"),
        _step(names[3], done=signed, open_words=_("It has to be whole before counsel reads it.") if gaps else _said(row.state), url=page),
        _step(names[4], done=filed, open_words=_("Sent, and a receipt came."), url=f"{page}#filing" if signed else ""),
        _step(
            names[5], done=bool(audit and audit.closed_on), open_words=_("Once a year, with evidence."),
            url=_at("commons:agreement_audit" if audit else "commons:agreement_audit_new", pk, row.pk, audit) if signed else "",
        ),
        _step(
            names[6], done=bool(report and report.submitted_on), open_words=_("Drafted from what is known here."),
            url=_at("commons:agreement_report" if report else "commons:agreement_report_new", pk, row.pk, report) if signed else "",
        ),
    ]  # fmt: skip


def _workgroup(rooms: Rooms, whole: Whole, group: list[Gap]) -> str:
    """Where the next thing that the workgroup lacks is filled in: the body itself, the clause, or a member."""
    pk = rooms.standing.collaborative.pk
    may_write = whole.row.state in OPEN
    found = gap_line(rooms, whole, group[0], may_write=may_write)["url"] if group else ""
    return str(found) or reverse("commons:agreement", args=[pk, whole.row.pk])


def _at(name: str, pk: Any, agreement_id: Any, row: Any) -> str:
    return reverse(name, args=[pk, agreement_id, *([row.pk] if row else [])])


def _step(name: str, *, done: bool, open_words: str, url: str) -> dict[str, Any]:
    return {"name": name, "done": done, "words": _("Done.") if done else open_words, "url": url}


def _said(state: str) -> str:
    return {
        State.NEEDED: _("Begin to write."), State.DRAFT: _("Give it to the partners."), State.PARTNER_REVIEW: _("The partners look at it."),
        State.LEGAL: _("Counsel reads it."), State.APPROVED: _("Open it for signing."), State.SIGNING: _("Signatures are missing."),
    }.get(State(state), "")  # fmt: skip
