"""The in-force register of agreements' data clauses: list, put in force, review, end; what a change would stop is shown first (R-102, R-103)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.consents.actions import Changed, Refused, Stale, end_clause, put_clause_in_force, review_clause
from careloom.consents.actions.trials import Effect, try_change
from careloom.consents.agreements import KINDS, kind_of, next_review, terms_of
from careloom.consents.forms.clauses import NOT_A_QSO, ClauseForm, EndClauseForm, ReviewForm
from careloom.consents.models import DataClause
from careloom.consents.pages.register import clauses_page, one_clause, own_clause
from careloom.consents.presenters import register as shown
from careloom.consents.views.family import number_of
from careloom.infra import clock
from careloom.infra.access import NotVisible

keeps = needs(Permission.PAPERS_KEEP)


@require_safe
@keeps
def register(request: HttpRequest) -> HttpResponse:
    """What this agency gives by agreement, or with `?theirs=1` what others give to it."""
    page = clauses_page(viewer=request.viewer, page=number_of(request), theirs=request.GET.get("theirs") == "1")
    return render(request, "consents/register.html", {"page": page, "lines": shown.lines(page), "nav": "families"})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def new(request: HttpRequest) -> HttpResponse:
    """Put a clause in force: first its kind, then what it says, then what it would begin and stop, and only then the change."""
    wanted = request.GET.get("kind", "")
    kind = kind_of(wanted)
    if kind is None:
        if wanted:
            raise NotVisible
        return render(request, "consents/clause_kind.html", {"kinds": KINDS, "nav": "families"})
    agency, at = request.membership.agency, clock.now()
    others = sorted(Agency.objects.filter(active=True).exclude(pk=agency.pk), key=lambda other: other.name_outside)
    form = ClauseForm(
        request.POST or None, kind=kind, agencies=others, pack=terms_of(agency.pack), today=clock.today(), initial={"request_key": str(uuid4())}
    )  # fmt: skip
    effect: list[str] = []
    if request.method == "POST" and form.is_valid():
        draft, by = form.draft, request.viewer
        if request.POST.get("go") == "put":
            done = put_clause_in_force(by=by, at=at, draft=draft, request_key=form.cleaned_data["request_key"])
            if isinstance(done, Changed):
                messages.success(request, _("In force. It limits or carries what flows from now on."))
                return redirect("consents:clause", done.paper_id)
            _refuse(form, done)
        else:
            # A key of its own: a trial that waits for the real one, or the other way round, would be a trial of nothing.
            tried = try_change(
                by=by, at=at, recipient_id=draft.recipient_id,
                change=lambda: put_clause_in_force(by=by, at=at, draft=draft, request_key=f"trial:{uuid4()}"),
            )  # fmt: skip
            _refuse(form, Refused(codes=tried.refused))
            effect = shown.effect(tried) if not tried.refused else []
    context = {"form": form, "kind": kind, "effect": effect, "posted": _posted(request) if effect else [], "nav": "families"}
    return render(request, "consents/clause_new.html", context, status=422 if form.errors else 200)


@require_safe
@keeps
def clause(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """One clause with its element schedule: every kind of record, listed or not, and what follows."""
    page = one_clause(viewer=request.viewer, clause_id=clause_id, at=clock.now())
    context = {
        "page": page, "row": page.row, "status": shown.mark(page.standing), "facts": shown.facts(page), "tables": shown.elements(page),
        "kind": kind_of(page.row.kind), "flowing": shown.flowing(page) if page.is_ours else "", "last": shown.last(page),
        "may_change": page.is_ours and page.row.ended_at is None, "nav": "families",
    }  # fmt: skip
    return render(request, "consents/clause.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def review(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Note that the clause was reviewed; what an overdue review had closed opens again, and the page says so first."""
    row = own_clause(viewer=request.viewer, clause_id=clause_id)
    today = clock.today()
    proposed = next_review(since=today, months=terms_of(request.membership.agency.pack).review_months)
    form = ReviewForm(request.POST or None, today=today, initial={"next_review_on": proposed, "row_version": row.row_version})

    def change(version: int, on: Any) -> Changed | Refused | Stale:
        return review_clause(by=request.viewer, at=clock.now(), clause_id=clause_id, next_review_on=on, row_version=version)

    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        answer = _answer(request, row, change(clean["row_version"], clean["next_review_on"]), _("Reviewed. The next review is in the register."))
        if answer is not None:
            return answer
        row = own_clause(viewer=request.viewer, clause_id=clause_id)
        return _page(request, row, ReviewForm(today=today, initial=clean | {"row_version": row.row_version}), "review", conflict=True)
    effect = _tried(request, row, lambda: change(row.row_version, proposed))
    return _page(request, row, form, "review", effects=[(_("If it is reviewed"), effect)])


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def end(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """End a clause; what would stop, and what a schedule put by mistake would let flow again, is shown before."""
    row = own_clause(viewer=request.viewer, clause_id=clause_id)
    form = EndClauseForm(request.POST or None, initial={"row_version": row.row_version})

    def change(version: int, because: str) -> Changed | Refused | Stale:
        return end_clause(by=request.viewer, at=clock.now(), clause_id=clause_id, because=because, row_version=version)

    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        answer = _answer(request, row, change(clean["row_version"], clean["because"]), _("Ended. What it carried has stopped."))
        if answer is not None:
            return answer
        row = own_clause(viewer=request.viewer, clause_id=clause_id)
        return _page(request, row, EndClauseForm(initial=clean | {"row_version": row.row_version}), "end", conflict=True)
    ends = [(_("If it ends"), "ENDED_EARLY"), (_("If it was a mistake"), "MISTAKE")]
    effects = [(label, _tried(request, row, lambda because=because: change(row.row_version, because))) for label, because in ends]  # type: ignore[misc]
    return _page(request, row, form, "end", effects=effects if effects[0][1] != effects[1][1] else effects[:1])


def _tried(request: HttpRequest, row: DataClause, change: Callable[[], Changed | Refused | Stale]) -> list[str]:
    found: Effect = try_change(by=request.viewer, at=clock.now(), recipient_id=row.recipient_id, change=change)
    return shown.effect(found)


def _answer(request: HttpRequest, row: DataClause, done: Changed | Refused | Stale, words: str) -> HttpResponse | None:
    """Where a change that was done, or could not be, leads; None for one that met a colleague's."""
    if isinstance(done, Stale):
        return None
    if isinstance(done, Changed):
        messages.success(request, words)
    else:
        messages.error(request, _("This clause has ended already. Nothing was changed."))
    return redirect("consents:clause", row.pk)


def _page(
    request: HttpRequest, row: DataClause, form: Any, step: str, *, effects: list[tuple[str, list[str]]] | None = None, conflict: bool = False
) -> HttpResponse:  # fmt: skip
    page = one_clause(viewer=request.viewer, clause_id=row.pk, at=clock.now())
    context = {
        "page": page, "row": row, "form": form, "step": step, "effects": effects or [], "conflict": conflict, "facts": shown.facts(page),
        "status": shown.mark(page.standing), "nav": "families",
    }  # fmt: skip
    return render(request, "consents/clause_change.html", context, status=409 if conflict else 422 if form.errors else 200)


def _refuse(form: ClauseForm, done: Refused) -> None:
    for code in done.codes:
        # The form asks for everything first, so only a rule that the form does not know leads here.
        said = NOT_A_QSO if code in {"QSOA_PARTY", "QSOA_SERVICE"} else _("This could not be put in force as it is. Compare it with the paper.")
        form.add_error(None, said)


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name not in {"csrfmiddlewaretoken", "go"} for value in values]
