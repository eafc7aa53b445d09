"""Reports about children in words for child welfare's workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agencies.models import Agency, Worker
from careloom.infra.ui.components import ListRow, Status
from careloom.safety import report_words as words
from careloom.safety.bringing_in import CHANGED, COLUMNS, NEEDED, NEW, SAME, BroughtIn
from careloom.safety.models import ReportOnChild
from careloom.safety.presenters import day
from careloom.safety.queries import About


def children_of(about: About) -> list[tuple[UUID, str]]:
    """The children of a family that a report can be about, by identity."""
    names: dict[UUID, str] = {}
    for row in about.rows:
        if getattr(row, "role", "") == "INFANT":
            names.setdefault(row.identity_id, f"{row.given_name} {row.family_name}".strip() or _("A baby without a name yet"))
    return list(names.items())


def child_name(about: About, row: ReportOnChild) -> str:
    """The child of a report, as the reader knows her or him."""
    return dict(children_of(about)).get(row.child_id, _("A child"))


def mark(row: ReportOnChild) -> Status:
    """Where a report stands."""
    if row.disposition:
        return Status(words=str(words.DISPOSITIONS[row.disposition]), tone="done", icon="check")
    if row.screened == "OUT":
        return Status(words=_("Screened out"), icon="check")
    return Status(words=_("No disposition yet") if row.screened else _("Not screened yet"), tone="wait", icon="schedule")


def lines(rows: Iterable[ReportOnChild], *, about: About) -> list[ListRow]:
    """The reports of a family, one line each."""
    return [
        ListRow(
            head=child_name(about, row), who=_of(row.source, words.SOURCES), when=_("Received %(day)s") % {"day": date_format(row.received_on)},
            status=mark(row), url=reverse("safety:report", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def facts(row: ReportOnChild) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a report says, under the headings of its form; what was not asked is left out."""
    found = ", ".join(f"{words.KINDS[one['kind']]}: {words.LEVELS[one['level']]}" for one in row.maltreatments)
    report = [
        (_("Number"), row.number), (_("Received"), _when(row.received_on, row.received_time)), (_("Who reported"), _of(row.source, words.SOURCES)),
        (_("When it happened"), _when(row.incident_on)),
    ]  # fmt: skip
    response = [
        (_("Screening"), _of(row.screened, words.SCREENED)), (_("Screened on"), _when(row.screened_on)),
        (_("Response"), _of(row.response, words.RESPONSES)), (_("Response began"), _when(row.started_on, row.started_time)),
    ]  # fmt: skip
    decided = [
        (_("Disposition"), _of(row.disposition, words.DISPOSITIONS)), (_("Decided on"), _when(row.disposed_on)), (_("Maltreatment"), found),
        (_("A victim before"), _of(row.prior_victim, words.YES_NO)), (_("Died of maltreatment"), _of(row.died, words.YES_NO)),
        (_("Died on"), _when(row.died_on)),
    ]  # fmt: skip
    followed = [
        (_("Plan of safe care"), _of(row.safe_care_plan, words.YES_NO)), (_("Referral to services"), _of(row.safe_care_referral, words.YES_NO)),
        (_("Services followed"), _of(row.services_given, words.YES_NO)), (_("Services began"), _when(row.services_on)),
        (_("Services"), ", ".join(_of(one, words.SERVICES) for one in row.services)),
    ]  # fmt: skip
    groups = [
        (_("The report"), report), (_("Screening and response"), response), (_("Disposition"), decided),
        (_("The child"), _answers(row.child_factors, words.CHILD_FACTORS)),
        (_("A caregiver"), _answers(row.caretaker_factors, words.CARETAKER_FACTORS)), (_("What followed"), followed),
    ]  # fmt: skip
    kept = [(title, [(label, text) for label, text in lines_ if text]) for title, lines_ in groups]
    return [(title, lines_) for title, lines_ in kept if lines_]


def versions(rows: Iterable[ReportOnChild], *, own: Agency) -> list[tuple[str, str, str, Status, str]]:
    """Each version: its number, who wrote it when, why it was corrected, where the report stood, and its address."""
    rows = list(rows)
    states = _("from the state's system")
    names = dict(Worker.objects.filter(pk__in={row.worker_id for row in rows}).values_list("pk", "name"))
    return [
        (
            _("Version %(n)s") % {"n": row.version},
            f"{day(row.at, own=own)}, {states if row.from_file else names.get(row.worker_id, '')}",
            row.correction_reason, mark(row), reverse("safety:report", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def brought_in(found: BroughtIn | None) -> str:
    """What a file did or would do, in one sentence."""
    if found is None:
        return ""
    numbers = {"new": found.count(NEW), "changed": found.count(CHANGED), "same": found.count(SAME)}
    if found.wrong:
        return ngettext(
            "Nothing was written: %(n)s line cannot be taken.", "Nothing was written: %(n)s lines cannot be taken.", len(found.wrong)
        ) % {"n": len(found.wrong)}  # fmt: skip
    if found.done:
        return _("Brought in: %(new)s new, %(changed)s changed, %(same)s as they were.") % numbers
    return _("This file would bring %(new)s new reports and change %(changed)s; %(same)s are here as they are.") % numbers


def file_gap(code: str) -> str:
    """What to do about a file that cannot be read."""
    told = {
        "FILE": _("This is no CSV file in UTF-8. Save it as CSV UTF-8 and choose it again."),
        "COLUMNS": _("The columns do not fit. Compare the first line with the list below."),
        "LINES": _("The file has too many lines. Split it by month."),
    }
    return told[code]


def columns() -> list[tuple[str, bool, str]]:
    """The columns of a file: name, whether it is needed, and its codes."""
    codes: dict[str, str] = {
        "source": ", ".join(words.SOURCES), "screened": "IN, OUT", "response": ", ".join(words.RESPONSES),
        "disposition": ", ".join(words.DISPOSITIONS), "services": _("%(codes)s, with ; between") % {"codes": ", ".join(words.SERVICES)},
        "maltreatments": _("KIND=LEVEL with ; between. Kinds: %(kinds)s. Levels: %(levels)s")
        % {"kinds": ", ".join(words.KINDS), "levels": ", ".join(words.LEVELS)},
        "child_factors": _("FACTOR=ANSWER with ; between. Factors: %(codes)s") % {"codes": ", ".join(words.CHILD_FACTORS)},
        "caretaker_factors": _("FACTOR=ANSWER with ; between. Factors: %(codes)s") % {"codes": ", ".join(words.CARETAKER_FACTORS)},
        "child_number": _("The number that your record of the child carries"), "number": _("The number of the report"),
    }  # fmt: skip
    said = {"_on": _("A day, as 2026-03-12"), "_time": _("A time, as 14:30")}
    other = {name: next((text for end, text in said.items() if name.endswith(end)), ", ".join(words.YES_NO)) for name in COLUMNS}
    return [(name, name in NEEDED, codes.get(name) or other[name]) for name in COLUMNS]


def _when(on: Any, at: Any = None) -> str:
    return "" if on is None else f"{date_format(on)}, {time_format(at)}" if at is not None else date_format(on)


def _of(code: str, among: Mapping[str, Any]) -> str:
    return str(among.get(code, code)) if code else ""


def _answers(given: Mapping[str, str], among: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(str(among[name]), _of(given[name], words.YES_NO)) for name in among if name in given]
