"""Two steps of a draft that have a page of their own: telling her, and handing over."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.ui.widgets import RadioTiles
from careloom.notifications import actions, presenters
from careloom.notifications.facts import changed
from careloom.notifications.forms import NotToldForm, ToldForm
from careloom.notifications.views.page import Birth, load


class ColleagueForm(forms.Form):
    """Who takes the draft over."""

    worker = forms.ChoiceField(label=gettext_lazy("Who takes it over?"), widget=RadioTiles(stack=True))

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["worker"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def tell(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """The words for the mother in her language and in English; who told her; or the reason why she is not told first."""
    found = load(request, notification_id, place="notifications:tell")
    if found.row.status != "DRAFT":
        return redirect("notifications:receipt", notification_id=notification_id)
    start = {"version": found.row.row_version}
    posted = request.POST if request.method == "POST" else None
    untold = posted is not None and "because" in posted
    told_form = ToldForm(posted if not untold else None, initial=start | {"told": found.row.told_how or "IN_HER_LANGUAGE"})
    not_told_form = NotToldForm(posted if untold else None, initial=start | {"because": found.facts.not_told_because})
    form = not_told_form if untold else told_form
    if posted is not None and form.is_valid():
        return _save(request, found, form)
    languages = dict.fromkeys((found.language, "en"))
    context = {
        "birth": found,
        "scripts": [presenters.script(answer=found.answer(), pack=found.pack, language=language) for language in languages],
        "told_form": told_form,
        "not_told_form": not_told_form,
    }
    return render(request, "notifications/tell.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, found: Birth, form: forms.Form) -> HttpResponse:
    given = form.cleaned_data
    if "because" in given:
        facts = changed(found.facts, told_mother="NOT_SAFE_TO_TELL", told_how="", not_told_because=given["because"].strip())
    else:
        facts = changed(found.facts, told_mother="YES", told_how=given["told"], not_told_because="")
    saved = actions.save_facts(by=viewer_of(request), at=clock.now(), notification_id=found.row.pk, facts=facts, row_version=given["version"])
    if isinstance(saved, actions.Conflict):
        messages.warning(request, _("Somebody changed this birth in the meantime. Look it over, and say again who told her."))
    return redirect("notifications:birth", notification_id=found.row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def hand(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Give the draft to a colleague of the next shift."""
    found, viewer = load(request, notification_id, place="notifications:hand_over"), viewer_of(request)
    if found.row.status != "DRAFT":
        return redirect("notifications:receipt", notification_id=notification_id)
    others = actions.colleagues(viewer=viewer, at=clock.now())
    form = ColleagueForm(request.POST or None, choices=[(str(m.worker_id), m.worker.name) for m in others])
    if request.method == "POST" and form.is_valid():
        worker = UUID(form.cleaned_data["worker"])
        if actions.hand_over(by=viewer, at=clock.now(), notification_id=notification_id, worker_id=worker):
            name = next(m.worker.name for m in others if m.worker_id == worker)
            messages.success(request, _("%(name)s has it now. It is on her day.") % {"name": name})
            return redirect("notifications:births")
    context = {"birth": found, "form": form, "others": others}
    return render(request, "notifications/hand_over.html", context, status=422 if form.errors else 200)
