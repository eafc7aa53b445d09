"""What is done with guidance: drafted, opened for comments, issued, acknowledged, applied, retired; and feedback."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from careloom.changes import actions
from careloom.changes.actions.heard import answers_for, hears, speaks
from careloom.changes.models import Addressee, Feedback, GuidanceVersion
from careloom.changes.queries import guidance_of, one_row, pilot_of
from careloom.changes.queries.guidance import name_of
from careloom.changes.rights import leads_any
from careloom.commons.forms.changes import AnswerForm, AppliedForm, CommentsForm, GuidanceForm, IssueForm, VersionForm, WordsForm
from careloom.commons.presenters.noted import before_noting
from careloom.commons.views.changes_parts import (
    act_at_once,
    acting,
    allowed,
    at_once,
    bodies,
    form_page,
    key,
    load,
    partners,
    reader,
    today,
    version,
)
from careloom.commons.views.parts import page_view, reads

COMMENT_DAYS = 14


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Draft a new guidance."""
    rooms = load(request, collaborative_id)
    allowed(leads_any(rooms.standing))
    form = GuidanceForm(request.POST or None, bodies=bodies(rooms, "OVERSIGHT"))
    return form_page(
        request, form,
        lambda: actions.draft_guidance(**acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form)),
        rooms=rooms, title=_("Draft guidance"), back=("changes", {"collaborative_id": collaborative_id}), said=_("Drafted."),
        to=lambda done: ("guidance", {"collaborative_id": collaborative_id, "guidance_id": done.row_id}),
    )  # fmt: skip


@page_view
@reads
def following(request: HttpRequest, collaborative_id: UUID, guidance_id: UUID) -> HttpResponse:
    """Draft the next version."""
    rooms = load(request, collaborative_id)
    found = guidance_of(viewer=reader(request), collaborative_id=collaborative_id, guidance_id=guidance_id)
    allowed(leads_any(rooms.standing))
    form = VersionForm(request.POST or None, initial={"text": found.row.newest.text})
    return form_page(
        request, form,
        lambda: actions.next_version(
            **acting(request), guidance_id=guidance_id, text=form.told["text"], changed=form.told["changed"], request_key=key(form)
        ),
        rooms=rooms, title=_("The next version of %(title)s") % {"title": found.row.guidance.title}, back=_at(collaborative_id, guidance_id),
    )  # fmt: skip


@page_view
@reads
def write(request: HttpRequest, collaborative_id: UUID, version_id: UUID) -> HttpResponse:
    """Change the words of a draft."""
    rooms, row = load(request, collaborative_id), _version(request, collaborative_id, version_id)
    allowed(leads_any(rooms.standing))
    start = {"text": row.text, "changed": row.changed, "version": row.row_version}
    form = VersionForm(request.POST or None, initial=start, first=row.number == 1)
    return form_page(
        request, form,
        lambda: actions.write_draft(
            **acting(request), version_id=row.pk, text=form.told["text"], changed=form.told["changed"], version=version(form)
        ),
        rooms=rooms, title=row.guidance.title, back=_at(collaborative_id, row.guidance_id),
    )  # fmt: skip


@page_view
@reads
def comments(request: HttpRequest, collaborative_id: UUID, version_id: UUID) -> HttpResponse:
    """Open a draft for comments."""
    rooms, row = load(request, collaborative_id), _version(request, collaborative_id, version_id)
    allowed(leads_any(rooms.standing))
    form = CommentsForm(request.POST or None, initial={"until": today(request) + timedelta(days=COMMENT_DAYS), "version": row.row_version})
    return form_page(
        request, form,
        lambda: actions.open_comments(**acting(request), version_id=row.pk, until=form.told["until"], version=version(form)),
        rooms=rooms, title=_("Open it for comments"), lede=_("Every member of the collaborative may comment."), save=_("Open it"),
        back=_at(collaborative_id, row.guidance_id),
    )  # fmt: skip


@act_at_once
@reads
def back(request: HttpRequest, collaborative_id: UUID, version_id: UUID) -> HttpResponse:
    """Take it back to the draft."""
    rooms, row = load(request, collaborative_id), _version(request, collaborative_id, version_id)
    allowed(leads_any(rooms.standing))
    return at_once(
        request, lambda number: actions.close_comments(**acting(request), version_id=row.pk, version=number), rooms=rooms,
        back=_at(collaborative_id, row.guidance_id), title=_("Back to the draft"),
    )  # fmt: skip


@page_view
@reads
def comment(request: HttpRequest, collaborative_id: UUID, version_id: UUID) -> HttpResponse:
    """Comment on a draft."""
    rooms, row = load(request, collaborative_id), _version(request, collaborative_id, version_id)

    form = WordsForm(request.POST or None, label=_("Your comment"))
    return form_page(
        request, form, lambda: actions.comment(**acting(request), version_id=row.pk, words=form.told["words"], request_key=key(form)),
        rooms=rooms, title=_("Comment on %(title)s") % {"title": row.guidance.title}, back=_at(collaborative_id, row.guidance_id),
    )  # fmt: skip


@page_view
@reads
def issue(request: HttpRequest, collaborative_id: UUID, version_id: UUID) -> HttpResponse:
    """Issue a version to partners and bodies."""
    rooms, row = load(request, collaborative_id), _version(request, collaborative_id, version_id)
    allowed(rooms.standing.leads(row.guidance.body_id))
    to = [(one.pk, one.name) for one in rooms.bodies if one.pk != row.guidance.body_id]
    form = IssueForm(request.POST or None, initial={"version": row.row_version}, partners=partners(rooms), bodies=to)
    return form_page(
        request, form,
        lambda: actions.issue(
            **acting(request), version_id=row.pk, partner_ids=tuple(form.told["partners"]), body_ids=tuple(form.told["bodies"]),
            version=version(form),
        ),
        rooms=rooms, title=_("Issue version %(n)s") % {"n": row.number}, save=_("Issue it"), said=_("Issued."),
        lede=f"{_('Each of them says that it has read it, and since when it works this way.')} {before_noting(rooms.standing, row.guidance.body)}",
        back=_at(collaborative_id, row.guidance_id),
    )  # fmt: skip


@page_view
@reads
def retire(request: HttpRequest, collaborative_id: UUID, version_id: UUID) -> HttpResponse:
    """End a guidance."""
    rooms, row = load(request, collaborative_id), _version(request, collaborative_id, version_id)
    allowed(rooms.standing.leads(row.guidance.body_id))
    form = WordsForm(request.POST or None, initial={"version": row.row_version}, label=_("Why does it end?"))
    return form_page(
        request, form, lambda: actions.retire(**acting(request), version_id=row.pk, why=form.told["words"], version=version(form)),
        rooms=rooms, title=_("Retire %(title)s") % {"title": row.guidance.title}, save=_("Retire it"), back=_at(collaborative_id, row.guidance_id),
    )  # fmt: skip


@page_view
@reads
def acknowledge(request: HttpRequest, collaborative_id: UUID, addressee_id: UUID) -> HttpResponse:
    """Say that a partner or a body has read it, or note that it said so on paper."""
    rooms, row = load(request, collaborative_id), _addressee(request, collaborative_id, addressee_id)
    allowed(speaks(rooms.standing, row))
    paper = not answers_for(rooms.standing, row)
    form = AnswerForm(request.POST or None, initial={"version": row.row_version}, paper=paper)
    return form_page(
        request, form,
        lambda: actions.acknowledge(**acting(request), addressee_id=row.pk, version=version(form), who=form.told.get("who", "")),
        rooms=rooms, back=_at(collaborative_id, row.guidance_version.guidance_id), said=_("Acknowledged."), lede=name_of(row),
        title=_("It came on paper") if paper else _("We have read it"), save=_("Note it") if paper else _("We have read it"),
    )  # fmt: skip


@page_view
@reads
def applied(request: HttpRequest, collaborative_id: UUID, addressee_id: UUID) -> HttpResponse:
    """Say since when a partner or a body works this way."""
    rooms, row = load(request, collaborative_id), _addressee(request, collaborative_id, addressee_id)
    allowed(speaks(rooms.standing, row))
    paper = not answers_for(rooms.standing, row)
    start = {"since": today(request), "version": row.row_version}
    form = AppliedForm(request.POST or None, initial=start, paper=paper and row.acknowledged_on is None)
    return form_page(
        request, form,
        lambda: actions.apply(**acting(request), addressee_id=row.pk, version=version(form), **form.told),
        rooms=rooms, title=_("They work this way") if paper else _("We work this way"), lede=name_of(row),
        back=_at(collaborative_id, row.guidance_version.guidance_id),
    )  # fmt: skip


@page_view
@reads
def feedback_guidance(request: HttpRequest, collaborative_id: UUID, guidance_id: UUID) -> HttpResponse:
    """Say how a guidance goes."""
    found = guidance_of(viewer=reader(request), collaborative_id=collaborative_id, guidance_id=guidance_id)
    return _feedback(request, collaborative_id, title=found.row.guidance.title, guidance_id=guidance_id)


@page_view
@reads
def feedback_pilot(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """Say how a pilot goes."""
    found = pilot_of(viewer=reader(request), collaborative_id=collaborative_id, pilot_id=pilot_id)
    return _feedback(request, collaborative_id, title=found.pilot.title, pilot_id=pilot_id)


@act_at_once
@reads
def feedback_read(request: HttpRequest, collaborative_id: UUID, feedback_id: UUID) -> HttpResponse:
    """Say that feedback was read."""
    rooms, row = load(request, collaborative_id), _said(request, collaborative_id, feedback_id)
    allowed(hears(rooms.standing, row))
    return at_once(
        request, lambda number: actions.read_feedback(**acting(request), feedback_id=row.pk, version=number), rooms=rooms, back=_about(row),
        title=_("I have read it"),
    )  # fmt: skip


@page_view
@reads
def feedback_answer(request: HttpRequest, collaborative_id: UUID, feedback_id: UUID) -> HttpResponse:
    """Answer feedback."""
    rooms, row = load(request, collaborative_id), _said(request, collaborative_id, feedback_id)
    allowed(hears(rooms.standing, row))
    form = WordsForm(request.POST or None, initial={"version": row.row_version, "words": row.answer}, label=_("Your answer"))
    return form_page(
        request, form, lambda: actions.answer_feedback(**acting(request), feedback_id=row.pk, words=form.told["words"], version=version(form)),
        rooms=rooms, title=_("Answer %(who)s") % {"who": row.who}, lede=row.words, back=_about(row),
    )  # fmt: skip


@act_at_once
@reads
def feedback_close(request: HttpRequest, collaborative_id: UUID, feedback_id: UUID) -> HttpResponse:
    """Close feedback that was answered."""
    rooms, row = load(request, collaborative_id), _said(request, collaborative_id, feedback_id)
    allowed(hears(rooms.standing, row) or (row.made_by is not None and row.made_by == rooms.standing.worker_id))
    return at_once(
        request, lambda number: actions.close_feedback(**acting(request), feedback_id=row.pk, version=number), rooms=rooms, back=_about(row),
        title=_("Close it"),
    )  # fmt: skip


def _feedback(request: HttpRequest, collaborative_id: UUID, *, title: str, **about: UUID) -> HttpResponse:
    form = WordsForm(request.POST or None, label=_("How does it go?"), hint=_("Nothing that could tell who a family is."))
    where = ("guidance" if "guidance_id" in about else "pilot", {"collaborative_id": collaborative_id, **about})
    return form_page(
        request, form, lambda: actions.send_feedback(**acting(request), words=form.told["words"], request_key=key(form), **about),
        rooms=load(request, collaborative_id), title=title, save=_("Send it"), said=_("Sent."), back=where,
    )  # fmt: skip


def _version(request: HttpRequest, collaborative_id: UUID, version_id: UUID) -> GuidanceVersion:
    row: GuidanceVersion = one_row(GuidanceVersion, viewer=reader(request), collaborative_id=collaborative_id, row_id=version_id)[0]
    return row


def _addressee(request: HttpRequest, collaborative_id: UUID, addressee_id: UUID) -> Addressee:
    row: Addressee = one_row(Addressee, viewer=reader(request), collaborative_id=collaborative_id, row_id=addressee_id)[0]
    return row


def _said(request: HttpRequest, collaborative_id: UUID, feedback_id: UUID) -> Feedback:
    row: Feedback = one_row(Feedback, viewer=reader(request), collaborative_id=collaborative_id, row_id=feedback_id)[0]
    return row


def _about(row: Feedback) -> tuple[str, dict[str, UUID | None]]:
    if row.guidance_id:
        return "guidance", {"collaborative_id": row.collaborative_id, "guidance_id": row.guidance_id}
    return "pilot", {"collaborative_id": row.collaborative_id, "pilot_id": row.pilot_id}


def _at(collaborative_id: UUID, guidance_id: UUID) -> tuple[str, dict[str, UUID]]:
    return "guidance", {"collaborative_id": collaborative_id, "guidance_id": guidance_id}
