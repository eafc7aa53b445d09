"""Words and rows for the pages of forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.agencies.models import Agency, Worker
from careloom.infra import forms
from careloom.infra.forms import Definition, Licence
from careloom.infra.forms.asking import shown_answer
from careloom.infra.ui.components import ListRow, Status
from careloom.screening.models import FormDraft, FormResponse, ProtocolShown

HOW = {"SPOKEN": gettext_lazy("Asked in a talk"), "HERSELF": gettext_lazy("She filled it herself"), "PAPER": gettext_lazy("Copied from paper")}
LICENCES = {
    Licence.PUBLIC_DOMAIN: gettext_lazy("Public domain"), Licence.ATTRIBUTION: gettext_lazy("Free, with the names of its makers"),
    Licence.PERMISSION: gettext_lazy("Permission is needed"), Licence.FEE: gettext_lazy("A fee is needed"),
}  # fmt: skip
REFUSED = {
    "SHOWN": gettext_lazy("Show her first what is asked and what comes of it, and note it here."),
    "OTHERS": gettext_lazy("A colleague typed other answers at the same time. Say first which text stands."),
    "HOW": gettext_lazy("Say how it was filled."), "REASON": gettext_lazy("Say in some words why it is corrected."),
    "GONE": gettext_lazy("This form was taken back."),
    "REPLACED": gettext_lazy("A later correction stands already. Open that one."), "DID": gettext_lazy("Choose what was done."),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question with its answer as it was given."""

    text: str
    answer: str
    heading: bool = False


@dataclass(frozen=True, kw_only=True)
class Score:
    """One result with what it means."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Both:
    """One item on which two texts differ."""

    path: str
    text: str
    there: str
    mine: str


def moment(at: Any) -> str:
    """A day and an hour in words."""
    local = localtime(at)
    return f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'TIME_FORMAT')}"


def response_rows(rows: Iterable[Any], *, own: Agency, agencies: Mapping[UUID, Agency], people: Mapping[UUID, str]) -> list[ListRow]:
    """What was handed in, as a list."""
    return [_response_row(row, own=own, agencies=agencies, people=people) for row in rows]


def _response_row(row: FormResponse, *, own: Agency, agencies: Mapping[UUID, Agency], people: Mapping[UUID, str]) -> ListRow:
    holder = agencies.get(row.holder_id)
    who = _("This agency") if row.holder_id == own.pk else (holder.name_outside if holder else _("Another agency"))
    said = _("Taken back") if row.taken_back_at else _("Corrected") if row.number > 1 else _("Handed in")
    return ListRow(
        head=row.title, who=", ".join(filter(None, (people.get(row.identity_id, ""), who))), when=moment(row.handed_in_at),
        status=Status(words=said) if row.taken_back_at else Status(words=said, tone="done", icon="check"),
        url=reverse("screening:one", args=[row.pk]),
    )  # fmt: skip


def draft_rows(rows: Iterable[FormDraft], *, titles: Mapping[str, str], workers: Mapping[UUID, Worker], people: Mapping[UUID, str]) -> list[ListRow]:
    """What was begun, as a list."""
    return [
        ListRow(
            head=titles.get(row.url, _("A form")), who=", ".join(filter(None, (people.get(row.identity_id, ""), name_of(row.saved_by, workers)))),
            when=_("Saved %(when)s") % {"when": moment(row.saved_at)}, url=reverse("screening:fill", args=[row.pk]),
            status=Status(words=_("Correction begun") if row.amends_id else _("Begun"), tone="move"),
        )
        for row in rows
    ]  # fmt: skip


def name_of(worker_id: UUID | None, workers: Mapping[UUID, Worker]) -> str:
    """The name of a worker, or an empty text."""
    found = workers.get(worker_id) if worker_id else None
    return found.name if found else ""


def answer_lines(row: FormResponse, form: Definition | None) -> list[Line]:
    """The answers in the words in which they were asked; from the FHIR response alone where the form is not there any more."""
    return list(_lines(row.response.get("item", ()), form, row.language))


def _lines(items: Iterable[Mapping[str, Any]], form: Definition | None, language: str) -> Iterable[Line]:
    for part in items:
        item = form.item(str(part.get("linkId"))) if form else None
        if item is not None and item.calculated:
            continue
        if "item" in part:
            if part.get("text"):
                yield Line(text=str(part["text"]), answer="", heading=True)
            yield from _lines(part["item"], form, language)
        elif part.get("answer"):
            yield Line(text=str(part.get("text", "")), answer=", ".join(_said(answer) for answer in part["answer"]))


def _said(answer: Mapping[str, Any]) -> str:
    value = next((value for key, value in answer.items() if key.startswith("value")), "")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return str(value.get("display") or " ".join(str(value.get(key, "")) for key in ("value", "unit")).strip())
    return str(value)


def score_lines(row: FormResponse, form: Definition | None, language: str) -> list[Score]:
    """What was worked out, and what it means in words; also totals that were copied from paper."""
    if form is None:
        return []
    found: list[Score] = []
    bands = {band.link_id for band in form.bands}
    for item in form.every():
        value = row.scores.get(item.link_id) if item.calculated else (row.answers.get(item.link_id) or [None])[0]
        if value is None or not (item.calculated or item.link_id in bands):
            continue
        band = forms.meaning(form, link_id=item.link_id, score=value)
        found.append(Score(name=item.text.said(language), value=str(value), meaning=band.text.said(language) if band else ""))
    return found


def both_lines(form: Definition, *, there: Mapping[str, Any], mine: Mapping[str, Any], language: str) -> list[Both]:
    """The items on which two texts differ, in the order of the form."""
    paths = sorted({*there, *mine}, key=lambda path: (_place(form, path), path))
    found = []
    for path in paths:
        item = form.item(forms.last_of(path))
        if item is not None and (there.get(path) or []) != (mine.get(path) or []):
            told = (shown_answer(item, values or [], language) or _("No answer") for values in (there.get(path), mine.get(path)))
            first, second = told
            found.append(Both(path=path, text=item.text.said(language), there=first, mine=second))
    return found


def _place(form: Definition, path: str) -> int:
    last = forms.last_of(path)
    return next((number for number, item in enumerate(form.every()) if item.link_id == last), 0)


def shown_words(row: ProtocolShown | None, workers: Mapping[UUID, Worker]) -> str:
    """When she was shown what is asked, and by whom; an empty text where she was not."""
    if row is None:
        return ""
    when = moment(row.at)
    if row.worker_id is None:
        return _("She read it on her own pages, %(when)s.") % {"when": when}
    name = name_of(row.worker_id, workers) or _("a colleague")
    return _("Shown to her, %(when)s, by %(name)s.") % {"when": when, "name": name}


def refusal(codes: Iterable[str]) -> list[str]:
    """What keeps a form from being handed in, in words."""
    return [str(REFUSED[code]) for code in codes if code in REFUSED]
