"""An agency brings in a form of its own: an instrument that it has the right to use, or a form of the county."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime

from careloom.agencies.models import Agency
from careloom.infra import forms
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.audit.actions import record
from careloom.infra.forms import Definition
from careloom.kernel.packs import Problem

MOST_BYTES = 400_000


@dataclass(frozen=True, kw_only=True)
class NotTaken:
    """The file was refused: every problem with its place and what to do."""

    problems: tuple[Problem, ...]


def bring_in(*, by: Viewer, at: datetime, agency: Agency, content: bytes, name: str) -> Definition | NotTaken:
    """Check a Questionnaire file and keep it in the data folder, for this agency alone. The same file twice is once. Raises NotVisible.

    A version that is there already with other words is refused: answers that were given stay what they were asked.
    """
    if not by.can("AGENCY_ADMIN") or by.holder_id != agency.pk:
        raise NotVisible
    of = str(agency.pk)
    folder = forms.own_folder(pack=agency.pack, of=of)
    if len(content) > MOST_BYTES or folder is None:
        return NotTaken(problems=(_problem(name, "file", "It is too large for a form.", "Send a file under 400 kB."),))
    form, problems = forms.read(text=content.decode("utf-8", errors="replace"), file=name)
    if form is None:
        return NotTaken(problems=problems)
    why = forms.may_be_used(form, shipped=False)
    if why:
        return NotTaken(problems=(_problem(name, "licence", why, "Add who allowed it, and when, as the extension urn:careloom:form:licence-note."),))
    path = folder / f"{hashlib.sha256(form.canonical.encode()).hexdigest()[:32]}.json"
    there = any(one.canonical == form.canonical for one in forms.found(pack=agency.pack, of=of).forms)
    same = path.is_file() and path.read_bytes() == content
    if there and not same:
        return NotTaken(problems=(_problem(name, "version", "This version is there already with other words.", "Give it a new version."),))
    if not same:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(path)  # a reader sees the whole file or none
        record(by=by, at=at, action="screening.form_brought_in", detail={"form": form.url, "version": form.version, "licence": form.licence.value})
    return form


def _problem(name: str, where: str, what: str, fix: str) -> Problem:
    return Problem(file=name, where=where, what=what, fix=fix)
