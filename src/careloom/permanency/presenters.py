"""A case in words for workers: its head, its parts as lists, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from careloom.infra.ui.components import Fact, Facts, Status
from careloom.permanency import models, words
from careloom.permanency.actions.tribe import earliest_hearing
from careloom.permanency.looking import Eyes, Line
from careloom.permanency.models.case import OPEN
from careloom.permanency.models.kin import INQUIRY
from careloom.permanency.queries import CaseFile


def head_of(file: CaseFile, *, eyes: Eyes, worker: str) -> Facts:
    """The facts under the heading."""
    case, plan = file.case, file.plan
    custody = [row for row in file.custody if row.ends_on is None]
    whose = ", ".join(f"{eyes.child(row.child_id)}: {words.code(row.to, among=words.CUSTODY)}" for row in custody) or _("The parent")
    signed = (
        _("%(how)s %(day)s") % {"how": words.code(plan.signed_how, among=words.SIGNED), "day": date_format(plan.signed_on)}
        if plan and plan.signed_on
        else ""
    )
    due = _("Due %(day)s") % {"day": date_format(plan.due_on)} if plan and not plan.signed_on else ""
    review = next((row for row in sorted(file.reviews, key=lambda r: r.due_on) if row.held_on is None), None)
    return Facts(
        items=(
            Fact(label=_("Case"), value=words.code(case.kind, among=words.KINDS), note=_("Since %(day)s") % {"day": date_format(case.decided_on)}),
            Fact(label=_("Custody"), value=whose),
            Fact(label=_("Case plan"), value=signed or _("Not agreed yet"), note=due),
            Fact(label=_("Next review"), value=date_format(review.due_on) if review else _("After the plan is agreed")),
            Fact(label=_("Worker"), value=worker or eyes.agency(case.holder_id), note=eyes.agency(case.holder_id) if worker else ""),
        )
    )  # fmt: skip


def state_of(case: models.Case) -> Status:
    """Open or closed."""
    if case.state == OPEN:
        return Status(words=_("Open"), tone="move", icon="")
    return Status(words=_("Closed: %(how)s") % {"how": words.code(case.outcome, among=words.OUTCOMES)}, tone="done", icon="check")


def items(rows: Iterable[models.PlanItem], *, eyes: Eyes) -> list[Line]:
    """The case plan: goals with how one will know, by when, and the provider's word."""
    return [_item(row, eyes=eyes) for row in rows]


def _item(row: models.PlanItem, *, eyes: Eyes) -> Line:
    who = eyes.agency(row.provider_id) if row.who == "PROVIDER" else words.code(row.who, among=words.WHO)
    under = ", ".join(
        part
        for part in (words.code(row.kind, among=words.ITEMS), who, _("by %(day)s") % {"day": date_format(row.by_on)} if row.by_on else "")
        if part
    )
    notes = [_("Reached when: %(how)s") % {"how": row.criterion}] if row.criterion else []
    if row.fit:
        by = eyes.agency(row.provider_id) if row.fit_by == "PROVIDER" else _("as the provider said")
        notes.append(f"{words.code(row.fit, among=words.FITS)}, {by}" + (f": {row.fit_words}" if row.fit_words else ""))
    elif row.kind == "GOAL" and row.provider_id:
        notes.append(
            _("Waits for the word of %(provider)s whether it is realistic.") % {"provider": eyes.agency(row.provider_id) or _("the provider")}
        )
    mark = {"OPEN": ("move", ""), "DONE": ("done", "check"), "DROPPED": ("", "")}[row.state]
    does: list[tuple[str, str, UUID]] = []
    if row.state == OPEN:
        waits = row.kind == "GOAL" and bool(row.provider_id) and not row.fit
        does += [(_("Ask the provider"), "ask-fit", row.pk)] if waits else []
        does += [(_("Write down the provider’s word"), "fit", row.pk)] if waits else []
        does.append((_("How it stands"), "end-item", row.pk))
    links = eyes.may(*does) if row.holder_id == eyes.own.pk else ()
    if row.provider_id == eyes.own.pk and row.holder_id != eyes.own.pk and not row.fit and row.kind == "GOAL" and row.state == OPEN:
        links = ((_("Say whether it is realistic"), reverse("permanency:row", args=[row.pk, "fit"])),)
    status = Status(words=words.code(row.state, among=words.ITEM_STATES), tone=mark[0], icon=mark[1])  # type: ignore[arg-type]
    return Line(head=row.words, under=under, status=status, does=links, notes=tuple(notes))


def reviews(rows: Iterable[models.Review], *, eyes: Eyes) -> list[Line]:
    """Reviews, the next one first."""
    found = []
    for row in rows:
        head = words.code(row.kind, among=words.REVIEWS)
        if row.held_on:
            safe = words.code(row.safe, among=words.SAFE)
            found.append(
                Line(
                    head=f"{head}, {date_format(row.held_on)}",
                    under=f"{row.present}. {safe}.",
                    status=Status(words=_("Held"), tone="done", icon="check"),
                    notes=(row.words,),
                )
            )
        else:
            tone = "late" if row.due_on < eyes.today else "wait"
            mark = Status(words=_("Due %(day)s") % {"day": date_format(row.due_on)}, tone=tone, icon="schedule")  # type: ignore[arg-type]
            found.append(Line(head=head, status=mark, does=eyes.may((_("Hold the review"), "review", row.pk))))
    return found


def placements(rows: Iterable[models.Placement], *, eyes: Eyes) -> list[Line]:
    """Where children live and lived, with why nothing less restrictive."""
    found = []
    for row in rows:
        days = (
            _("since %(day)s") % {"day": date_format(row.starts_on)}
            if row.ends_on is None
            else f"{date_format(row.starts_on)} - {date_format(row.ends_on)}"
        )
        notes = [
            _("Not used: %(setting)s. %(why)s") % {"setting": words.code(code, among=words.SETTINGS), "why": why} for code, why in row.skipped.items()
        ]
        if row.siblings_together in {"YES", "NO"}:
            notes.append(words.code(row.siblings_together, among=words.SIBLINGS))
        status = (
            Status(words=_("Now"), tone="move", icon="")
            if row.ends_on is None
            else Status(words=words.code(row.ended_because, among=words.PLACEMENT_ENDS))
        )
        found.append(
            Line(
                head=f"{eyes.child(row.child_id)}: {words.code(row.setting, among=words.SETTINGS)}",
                under=f"{row.with_whom}, {days}",
                status=status,
                notes=tuple(notes),
                does=eyes.back(row.pk),
            )
        )
    return found


def custody(rows: Iterable[models.Custody], *, eyes: Eyes) -> list[Line]:
    """Who had custody, newest first."""
    return [
        Line(
            head=f"{eyes.child(row.child_id)}: {words.code(row.to, among=words.CUSTODY)}", under=", ".join(part for part in (
                row.whom, _("since %(day)s") % {"day": date_format(row.starts_on)} if row.ends_on is None
                else f"{date_format(row.starts_on)} - {date_format(row.ends_on)}") if part),
            status=Status(words=_("Now"), tone="move", icon="") if row.ends_on is None else None, does=eyes.back(row.pk),
        )
        for row in rows
    ]  # fmt: skip


def kin(rows: Iterable[models.KinContact], *, eyes: Eyes) -> list[Line]:
    """Relatives who were looked for."""
    found = []
    for row in rows:
        told = (
            f"{words.code(row.told_how, among=words.TOLD)}, {date_format(row.told_on)}"
            if row.told_on
            else words.code(row.not_told, among=words.NOT_TOLD)
        )
        mark = (
            Status(words=_("Told"), tone="done", icon="check")
            if row.told_on
            else Status(words=told or _("Not told yet"), tone="" if told else "wait", icon="" if told else "schedule")
        )
        notes = tuple(part for part in (told if row.told_on else "", words.code(row.answer, among=words.KIN_ANSWERS), row.words) if part)
        found.append(
            Line(
                head=f"{row.name}, {row.relation}",
                under=row.how_found,
                status=mark,
                notes=notes,
                does=(*eyes.may((_("What came of it"), "tell", row.pk)), *eyes.back(row.pk)),
            )
        )
    return found


def visits(rows: Iterable[models.Visit], *, eyes: Eyes) -> list[Line]:
    """Visits of a parent with a child."""
    tones = {"PLANNED": ("wait", "schedule"), "HELD": ("done", "check"), "MISSED": ("", "")}
    found = []
    for row in rows:
        tone, icon = tones[row.state]
        notes = [_("Reason: %(whose)s") % {"whose": words.code(row.whose, among=words.WHOSE)}] if row.whose else []
        does = (*(eyes.may((_("What came of it"), "visit", row.pk)) if row.state == "PLANNED" else ()), *eyes.back(row.pk))
        found.append(
            Line(
                head=f"{eyes.child(row.child_id)}, {eyes.day(row.starts_at)}", under=f"{row.place}. {row.who}", does=does,
                status=Status(words=words.code(row.state, among=words.VISITS), tone=tone, icon=icon),  # type: ignore[arg-type]
                notes=(*notes, *([row.words] if row.words else [])),
            )
        )  # fmt: skip
    return found


def hearings(rows: Iterable[models.Hearing], *, eyes: Eyes) -> list[Line]:
    """Hearings, the last first."""
    marks = {"PLANNED": (_("Planned"), "wait", "schedule"), "HELD": (_("Held"), "done", "check"), "CANCELLED": (_("Cancelled"), "", "")}
    found = []
    for row in rows:
        label, tone, icon = marks[row.state]
        notes = []
        if row.filed_on:
            filed = {"day": date_format(row.filed_on), "what": words.code(row.recommends, among=words.PATHS)}
            notes.append(_("Recommendation filed %(day)s: %(what)s") % filed)
        if row.decided:
            notes.append(_("Decided: %(what)s") % {"what": words.code(row.decided, among=words.PATHS)})
        if row.words:
            notes.append(row.words)
        does: tuple[tuple[str, str], ...] = ()
        if row.state == "PLANNED":
            file = [] if row.filed_on else [(_("The recommendation was filed"), "file", row.pk)]
            does = eyes.may(*file, (_("It was held"), "held", row.pk), (_("It does not take place"), "cancel", row.pk))
        found.append(
            Line(
                head=words.code(row.kind, among=words.HEARINGS), under=f"{eyes.day(row.starts_at)}. {row.court}. {eyes.child(row.child_id)}",
                status=Status(words=str(label), tone=tone, icon=icon), notes=tuple(notes), does=(*does, *eyes.back(row.pk)),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return found


def papers(rows: Iterable[models.Paper], *, eyes: Eyes) -> list[Line]:
    """Orders and reports under seal."""
    found = []
    for row in rows:
        head = _("Order: %(what)s") % {"what": words.code(row.about, among=words.ORDERS)} if row.kind == "ORDER" else _("Report to the court")
        links = [(_("Open the page"), reverse("permanency:paper", args=[row.pk, "page"]))]
        links += eyes.back(row.pk) if row.kind == "ORDER" else ()
        links += [(_("Open the Word file"), reverse("permanency:paper", args=[row.pk, "word"]))] if row.word_digest else []
        under = ", ".join(part for part in (row.court, row.docket, date_format(row.dated_on)) if part)
        found.append(Line(head=head, under=under, does=tuple(links), notes=(_("Sealed, digest %(digest)s") % {"digest": row.digest[:12]},)))
    return found


def efforts(rows: Iterable[models.Effort], *, eyes: Eyes) -> list[Line]:
    """Active efforts, newest first."""
    return [
        Line(
            head=words.code(row.what, among=words.EFFORTS), under=date_format(row.on), notes=(row.words,), does=eyes.back(row.pk),
            status=Status(words=_("With the Tribe"), tone="done", icon="check") if row.with_tribe else None,
        )
        for row in rows
    ]  # fmt: skip


def notices(rows: Iterable[models.TribeNotice], *, eyes: Eyes) -> list[Line]:
    """Notices to a Tribe, with their time and the Tribe's answer."""
    found = []
    for row in rows:
        first = earliest_hearing(row, pack=eyes.own.pack)
        notes = [_("No hearing before %(day)s") % {"day": date_format(first)}] if first else []
        notes += [words.code(row.answer, among=words.TRIBE_ANSWERS)] if row.answer else []
        notes += [row.contact] if row.contact else []
        notes += [_("The Tribe’s order of homes: %(text)s") % {"text": row.preferences}] if row.preferences else []
        if row.proceeding == INQUIRY:
            answered = Status(words=_("Answered"), tone="done", icon="check") if row.answer else Status(words=_("No answer yet"), tone="wait")
            under = _("Invited %(day)s, before any notice") % {"day": date_format(row.sent_on)}
            found.append(Line(head=row.tribe, under=under, status=answered, notes=tuple(notes)))
            continue
        under = _("%(what)s, registered letter %(receipt)s, sent %(day)s") % {
            "what": words.code(row.proceeding, among=words.PROCEEDINGS), "receipt": row.receipt, "day": date_format(row.sent_on),
        }  # fmt: skip
        mark = (
            Status(words=_("Received %(day)s") % {"day": date_format(row.received_on)}, tone="done", icon="check")
            if row.received_on
            else Status(words=_("No receipt yet"), tone="wait", icon="schedule")
        )
        does = eyes.may((_("The return receipt"), "receipt", row.pk)) if not row.answer else ()
        found.append(Line(head=row.tribe, under=under, status=mark, notes=tuple(notes), does=does))
    return found


LISTS: dict[str, tuple[Callable[..., list[Line]], Any]] = {
    "items": (items, lazy("Case plan")), "reviews": (reviews, lazy("Reviews")), "visits": (visits, lazy("Visits")),
    "hearings": (hearings, lazy("Hearings")),
    "kin": (kin, lazy("Relatives")), "papers": (papers, lazy("Orders and reports")), "placements": (placements, lazy("Where the children live")),
    "custody": (custody, lazy("Custody")), "efforts": (efforts, lazy("Active efforts")), "notices": (notices, lazy("Notices to a Tribe")),
}  # fmt: skip
