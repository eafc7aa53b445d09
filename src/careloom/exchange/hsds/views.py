"""The directory steward's upload: choose a file, see what would change, say yes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.directory import actions, presenters
from careloom.directory.facts import DirectoryRefused
from careloom.exchange.hsds.reader import MOST_BYTES, read_directory
from careloom.infra import clock


class UploadForm(forms.Form):
    """A file and the short name of the directory that it comes from."""

    source = forms.CharField(
        label=gettext_lazy("Which directory is it?"),
        max_length=60,
        help_text=gettext_lazy("A short name, the same each time, such as columbia-211"),
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$", gettext_lazy("Use small letters, numbers and hyphens."))],
    )
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("ZIP or JSON, up to 25 MB"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext_lazy("The file has more than 25 MB. Send it in parts."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DIRECTORY_EDIT)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file, read it whole, and lead to the dry run; a broken one is refused here by file and line."""
    form = UploadForm(request.POST or None, request.FILES or None)
    refused: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        file, source = form.cleaned_data["file"], form.cleaned_data["source"]
        data = file.read()
        try:
            read_directory(name=file.name, files={file.name: data}, source=source)
        except DirectoryRefused as refusal:
            refused = refusal.problems[:50]
        else:
            kept = actions.keep_upload(name=file.name, source=source, data=data, by=_viewer(request), at=clock.now())
            return redirect("exchange:directory_check", upload_id=kept)
    status = 422 if refused or form.errors else 200
    return render(request, "directory/import_upload.html", {"form": form, "refused": refused}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DIRECTORY_EDIT)
def check(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The dry run with counts and problems; a POST brings it in or drops it."""
    viewer = _viewer(request)
    if request.method == "POST" and "drop" in request.POST:
        actions.drop_upload(upload_id=upload_id, by=viewer)
        return redirect("directory:search")
    name, source, data = actions.take_upload(upload_id=upload_id, by=viewer)
    facts = read_directory(name=name, files={name: data}, source=source)
    if request.method == "POST":
        actions.import_directory(facts=facts, by=viewer, at=clock.now())
        actions.drop_upload(upload_id=upload_id, by=viewer)
        messages.success(request, _("The directory is up to date."))
        return redirect("directory:search")
    result = actions.preview_import(facts=facts)
    rows = presenters.import_rows(result)
    return render(request, "directory/import_check.html", {"name": name, "result": result, "rows": rows})


def _viewer(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]
