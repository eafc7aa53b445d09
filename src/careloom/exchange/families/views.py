"""A worker brings in the records of a mother and her infants: choose the files, see what they hold, say yes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.exchange.importing import File, Imported, Refused, import_family
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.people.matching.entry import note_alike
from careloom.people.queries import records_of

MOST_BYTES = 25 * 1024 * 1024


class FilesForm(forms.Form):
    """One file for the mother, one or two for infants. At least one."""

    mother = forms.FileField(label=gettext_lazy("Her record"), required=False, help_text=gettext_lazy("A FHIR R4 bundle (JSON), up to 25 MB"))
    infant = forms.FileField(label=gettext_lazy("The baby's record"), required=False, help_text=gettext_lazy("A FHIR R4 bundle (JSON)"))
    second_infant = forms.FileField(label=gettext_lazy("A second baby's record"), required=False, help_text=gettext_lazy("For twins"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        files = [f for f in cleaned.values() if f]
        if not files:
            raise forms.ValidationError(_("Choose at least one file."))
        if any(f.size > MOST_BYTES for f in files):
            raise forms.ValidationError(_("A file has more than 25 MB. Use the command `careloom import fhir` for large ones."))
        return cleaned

    def files_for(self) -> tuple[File | None, tuple[File, ...]]:
        """The files as the import takes them: the mother's, and the infants'."""
        mother = self.cleaned_data.get("mother")
        infants = [self.cleaned_data.get(name) for name in ("infant", "second_infant")]
        read = [File(name=f.name, data=f.read()) for f in infants if f]
        return (File(name=mother.name, data=mother.read()) if mother else None), tuple(read)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_RECORDS)
def upload(request: HttpRequest) -> HttpResponse:
    """Bring in records whole, or refuse them with each problem by file and place. Bringing in the same twice changes nothing."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    form = FilesForm(request.POST or None, request.FILES or None) if request.method == "POST" else FilesForm()
    answer: Imported | Refused | None = None
    if request.method == "POST" and form.is_valid():
        mother, infants = form.files_for()
        answer = import_family(by=viewer, at=clock.now(), mother=mother, infants=infants)
        if isinstance(answer, Imported):
            people = [person for person in (answer.mother_id, *answer.infant_ids) if person]
            if note_alike(by=viewer, at=clock.now(), record_ids=[r.pk for r in records_of(viewer=viewer, identity_ids=people)]):
                messages.info(request, _("Somebody here may be the same person under another record. Whoever reviews that finds it on Today."))
        if isinstance(answer, Imported) and not answer.warnings and answer.mother_id:
            messages.success(request, _said(answer))
            if request.GET.get("then") == "birth" and answer.birth_ids and viewer.can(Permission.NOTIFY):
                return redirect("notifications:new")
            return redirect("desk:family", identity_id=answer.mother_id)
    status = 422 if form.errors or isinstance(answer, Refused) else 200
    context = {
        "nav": "families",
        "form": form,
        "refused": answer.problems[:50] if isinstance(answer, Refused) else (),
        "imported": answer if isinstance(answer, Imported) else None,
        "said": _said(answer) if isinstance(answer, Imported) else "",
    }
    return render(request, "exchange/family_upload.html", context, status=status)


def _said(answer: Imported) -> str:
    put = answer.put
    facts = ngettext("%(n)s new fact", "%(n)s new facts", put.added) % {"n": put.added}
    return _("The records are here: %(facts)s, %(changed)s changed, %(same)s already known.") % {
        "facts": facts,
        "changed": put.changed,
        "same": put.same,
    }
