"""Her rights: what she asked and where it stands, a form for each right, and the list of who was told."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.documents.handing import document
from careloom.portal import presenters
from careloom.portal import rights as pages
from careloom.portal.door import Her, hers
from careloom.portal.rights_forms import RightForm, SayForm
from careloom.portal.sharing import shared_now
from careloom.portal.views.hers import her_of
from careloom.rights import actions
from careloom.rights.accounting import her_statement
from careloom.rights.documents import render_statement


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdecimal() and 0 < len(asked) < 4 and int(asked) > 0 else 1


@hers
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Her rights in plain words, what she may ask, and what she asked."""
    her, at = her_of(request), clock.now()
    found = pages.asked_by_her(her=her, at=at, page=_page(request))
    rows = [(row, presenters.short_day(row.day), presenters.short_day(row.due) if row.due else "") for row in found.rows]
    offered = [(str(code), label, pages.HINTS[code]) for code, label in pages.RIGHTS.items()]
    context = {"rows": rows, "page": found, "before": found.page - 1, "after": found.page + 1, "offered": offered}
    return render(request, "portal/rights.html", context)


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, right: str) -> HttpResponse:
    """Ask for one thing of one of those whose records her pages show."""
    her, at = her_of(request), clock.now()
    holders = pages.choices(viewer=her.viewer, at=at)
    about = pages.about_choices(her=her)
    form = RightForm(request.POST or None, right=right, holders=holders, about=about, sharing=_shared_with(her) if right == "RESTRICTION" else [])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        holder_id, identity_id = UUID(told["holder"]), UUID(told["about"])
        if identity_id not in pages.people_at(her=her, holder_id=holder_id, at=at):
            form.add_error("about", _("They keep nothing about this person that you can see here. Pick another one."))
        else:
            done = _asked(her, told, right=right, holder_id=holder_id, identity_id=identity_id)
            if isinstance(done, actions.Done):
                messages.success(request, _("Sent. You see here where it stands."))
                return redirect("portal:right", right_id=done.row_id)
            form.refuse(done.codes)
    context = {"form": form, "what": pages.RIGHTS[right], "hint": pages.HINTS[right], "holders": holders}
    return render(request, "portal/rights_ask.html", context, status=422 if form.errors else 200)


def _asked(her: Her, told: dict[str, object], *, right: str, holder_id: UUID, identity_id: UUID) -> actions.Done | actions.Refused:
    name, born = pages.name_at(viewer=her.viewer, identity_id=identity_id, holder_id=holder_id)
    to = str(told.get("to", ""))
    to_kind = pages.KINDS[to][0].value if to in pages.KINDS else ""
    asked = actions.Asked(
        right=right, holder_id=holder_id, identity_id=identity_id, about_name=name, about_born_on=born, words=str(told.get("words", "")),
        categories=tuple(told.get("categories", ())), wants_how=str(told.get("wants_how", "")), tell_others=bool(told.get("tell_others")),  # type: ignore[arg-type]
        to_kind=to_kind, to_agency_id=UUID(to) if to and not to_kind else None, paid_in_full=bool(told.get("paid_in_full")),
        use_phone=str(told.get("use_phone", "")), use_address=str(told.get("use_address", "")),
    )  # fmt: skip
    return actions.ask_for_herself(by=her.viewer, at=clock.now(), asked=asked, request_key=str(told["request_key"]))


def _shared_with(her: Her) -> list[tuple[str, str]]:
    """Those with whom she shares now, by name; a limit may be about one of them."""
    shared = [row.consent_id for row in shared_now(viewer=her.viewer, identity_id=her.identity_id)]
    named = {pk for consent in Consent.objects.seen_by(her.viewer).filter(pk__in=shared) for pk in consent.recipient_ids}
    known = agencies_by_id(ids=named)
    return sorted(((str(pk), pages.holder_words(agency)) for pk, agency in known.items()), key=lambda pair: pair[1])


@hers
@require_safe
def right(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """One request: where it stands, what they told her, and what she may do now."""
    return _shown(request, right_id, form=SayForm())


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def does(request: HttpRequest, right_id: UUID, does: str) -> HttpResponse:
    """She takes a request back, disagrees in her own words, asks for a second look, or ends a limit."""
    her, at = her_of(request), clock.now()
    if request.method != "POST":
        return _shown(request, right_id, form=SayForm())
    to = {"by": her.viewer, "at": at, "right_id": right_id}
    if does == "disagree":
        form = SayForm(request.POST)
        if not form.is_valid():
            return _shown(request, right_id, form=form, status=422)
        actions.disagree(**to, words=form.cleaned_data["words"])  # type: ignore[arg-type]
        messages.success(request, _("Saved. Your words stand next to the record."))
        return redirect("portal:right", right_id=right_id)
    act = {"take-back": actions.take_back, "second-look": actions.ask_review, "end": actions.ask_to_end}[does]
    act(**to)  # type: ignore[arg-type]
    messages.success(request, _("Done. You see here where it stands."))
    return redirect("portal:right", right_id=right_id)


@hers
@require_safe
def paper(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """What was handed over to her, as it is."""
    her = her_of(request)
    row, content = actions.handed_over(by=her.viewer, right_id=right_id)
    if row.identity_id not in her.subject_ids:
        raise NotVisible
    account(viewer=her.viewer, place="my:right_paper", rows=[row], at=clock.now())
    return document(content, media_type=row.media_type, name="family-plan")


@hers
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Her list of who was told, at once, of everybody who keeps records about her."""
    her = her_of(request)
    found = pages.told_to(her=her, on=clock.today(), page=_page(request))
    rows = [(line, presenters.short_day(line.on)) for line in found.rows]
    context = {"rows": rows, "page": found, "before": found.page - 1, "after": found.page + 1}
    return render(request, "portal/told.html", context)


@hers
@require_safe
def told_paper(request: HttpRequest) -> HttpResponse:
    """The same list as a paper, with the rules by their names."""
    her, on = her_of(request), clock.today()
    statement = her_statement(viewer=her.viewer, identity_ids=her.subject_ids, on=on, zone=settings.TIME_ZONE)
    name, _born = pages.name_at(viewer=her.viewer, identity_id=her.identity_id, holder_id=her.principal.pk)
    holders = agencies_by_id(ids={entry.holder_id for entry in statement.entries})
    made = render_statement(statement=statement, about=name, holders=dict(holders), on=on, language=presenters.language())
    return document(made, media_type="application/pdf", name="family-plan")


def _shown(request: HttpRequest, right_id: UUID, *, form: SayForm, status: int = 200) -> HttpResponse:
    found = pages.one_asked(her=her_of(request), at=clock.now(), right_id=right_id)
    steps = [(text, presenters.short_day(presenters.local(at).date())) for text, at in found.steps]
    due = presenters.short_day(found.row.due_on) if found.row.is_open else ""
    return render(request, "portal/right.html", {"one": found, "steps": steps, "due": due, "form": form}, status=status)
