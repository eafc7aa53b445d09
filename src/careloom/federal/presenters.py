"""Federal files in words: where a file stands, what is wrong and missing, and whether it agrees with our own counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.federal import words
from careloom.federal.layouts import AFCARS, CHILD, Layout
from careloom.federal.models import READY, FederalFile
from careloom.federal.queries import ToMend
from careloom.infra.ui.components import ListRow, Status


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One comparison: a title, the sentence that answers it, and its lines from the one total to the other."""

    title: str
    answer: str
    agrees: bool
    lines: tuple[tuple[str, int, bool], ...]  # what, how many, whether it is a total


def mark(file: FederalFile) -> Status:
    """Where a file stands."""
    label, tone, icon = words.STATES[file.state]
    if file.state == READY:
        return Status(words=_("Draft"), tone="wait", icon="edit") if file.is_draft else Status(words=_("Can be sent"), tone="done", icon="check")
    return Status(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]


def lines(files: list[FederalFile]) -> list[ListRow]:
    """The files of an office."""
    return [
        ListRow(
            head=f"{words.SHORT[file.kind]}, {words.period(file.period)}", who=progress(file).rstrip("."),
            when=_("Asked for on %(day)s") % {"day": date_format(file.asked_at)},
            status=mark(file), url=reverse("federal:file", args=[file.pk]),
        )
        for file in files
    ]  # fmt: skip


def progress(file: FederalFile) -> str:
    """How far a file is, as a sentence."""
    if file.problem:
        return str(words.PROBLEMS[file.problem])
    if file.state == READY:
        told = (
            ngettext("%(n)s line.", "%(n)s lines.", file.records)
            if file.kind == "AGENCY"
            else ngettext("%(n)s record.", "%(n)s records.", file.records)
        )
        return told % {"n": file.records}
    if file.expected:
        return _("%(n)s of %(of)s records are written.") % {"n": file.records, "of": file.expected}
    return _("It is written in the background. Come back in a minute.")


def file_name(file: FederalFile) -> str:
    """The name under which a file is handed over; a draft says so in its name."""
    ending = {"CHILD": "txt", "AGENCY": "csv", "AFCARS": "xml"}[file.kind]
    return f"{'DRAFT-' if file.is_draft else ''}{file.layout.rsplit('-', 1)[0]}-{file.period}.{ending}"


def fault_rows(found: list[tuple[str, str, bool, int]], layout: Layout | None) -> list[tuple[str, str, str, bool, int]]:
    """What is wrong, one row for each field and code."""
    titles = {one.name: one.title for one in layout.fields} if layout else {}
    return [(field, titles.get(field, ""), str(words.FAULTS.get(code, code)), is_error, n) for field, code, is_error, n in found]


def missing_rows(file: FederalFile, layout: Layout | None) -> list[tuple[str, str, int, str]]:
    """Fields that are empty in some records: name, title, records, and as people say it."""
    if layout is None or not file.records or file.kind == "AGENCY":
        return []
    rows = [(one.name, one.title, int(file.missing.get(one.name, 0))) for one in layout.fields if one.source]
    return [(name, title, n, _of_hundred(n, file.records)) for name, title, n in sorted(rows, key=lambda row: -row[2]) if n]


def _of_hundred(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


def errors_said(file: FederalFile) -> str:
    """Whether the records can be sent as they are, in a sentence."""
    if not file.records:
        return _("The file has no record.")
    if file.errors:
        told = ngettext(
            "%(n)s error must be mended before the file can be final.", "%(n)s errors must be mended before the file can be final.", file.errors
        )
        return told % {"n": file.errors}
    return _("No record has an error.")


def compared(file: FederalFile) -> list[Compared]:
    """The comparison of a file with our own counts, each in a sentence and in its lines."""
    told = file.agreement
    if not told:
        return []
    return _stays(told) if file.kind == AFCARS else _infants(told) if file.kind == CHILD else []


def _infants(told: dict[str, Any]) -> list[Compared]:
    apart, late = told["apart"], told["indicator_apart"]
    from_notified = (
        (_("Infants whom hospitals notified in this period"), told["notified"], True),
        (_("less: no report was made about the infant"), apart["no_report"], False),
        (_("less: reported, and not counted by the federal rule"), apart["not_by_rule"], False),
        (_("less: the report was screened out (Agency File)"), apart["screened_out"], False),
        (_("less: the report has no disposition yet"), apart["no_disposition"], False),
        (_("less: the hospital’s report is not written down yet"), apart["not_written"], False),
        (_("less: the disposition is of another period"), apart["other_period"], False),
        (_("less: another state keeps the report"), apart["other_state"], False),
        (_("plus: reported without a notification in this period"), told["not_notified"], False),
        (_("Infants with prenatal exposure in the Child File"), told["in_file"], True),
    )
    from_indicator = (
        (_("Infants of the indicator IPSE: reported in this period"), told["indicator"], True),
        (_("less: screened out (Agency File)"), late["screened_out"], False),
        (_("less: no disposition yet"), late["no_disposition"], False),
        (_("less: the hospital’s report is not written down yet"), late["not_written"], False),
        (_("less: the disposition is of another period"), late["other_period"], False),
        (_("plus: reported before this period, decided in it"), told["received_earlier"], False),
        (_("Infants with prenatal exposure in the Child File"), told["in_file"], True),
    )
    open_one = abs(told["unexplained_notified"]) + abs(told["unexplained_file"])
    return [
        _compared(_("From the notifications to the Child File"), from_notified, open_one),
        _compared(_("From the indicator to the Child File"), from_indicator, abs(told["unexplained_indicator"])),
    ]


def _stays(told: dict[str, Any]) -> list[Compared]:
    one, two = told["entries_apart"], told["exits_apart"]
    entries = (
        (_("Entries into care in the file"), told["entries"], True), (_("less: stays under eight days"), one["short"], False),
        (_("less: eighteen or older"), one["adult"], False), (_("less: a further entry of the same child"), one["again"], False),
        (_("Children in the denominator of P1"), told["p1"], True),
    )  # fmt: skip
    exits = (
        (_("Exits from care in the file"), told["exits"], True), (_("less: not to home, relatives or guardianship"), two["not_home_or_kin"], False),
        (_("less: stays under eight days"), two["short"], False), (_("less: eighteen or older"), two["adult"], False),
        (_("less: a further exit of the same child"), two["again"], False), (_("Children in the denominator of P4"), told["p4"], True),
    )  # fmt: skip
    return [
        _compared(_("From entries to the indicator P1"), entries, abs(told["unexplained_entries"])),
        _compared(_("From exits to the indicator P4"), exits, abs(told["unexplained_exits"])),
    ]


def _compared(title: str, rows: tuple[tuple[str, int, bool], ...], unexplained: int) -> Compared:
    if unexplained:
        answer = ngettext(
            "%(n)s infant or stay is not explained. Ask for the file again; if it stays, tell support the name of this page.",
            "%(n)s infants or stays are not explained. Ask for the file again; if it stays, tell support the name of this page.", unexplained,
        ) % {"n": unexplained}  # fmt: skip
    elif rows[0][1] == rows[-1][1] and not any(n for _what, n, total in rows if not total):
        answer = _("Both counts are the same: %(n)s.") % {"n": rows[0][1]}
    else:
        answer = _("%(first)s and %(last)s: every difference has its reason, and nothing is unexplained.") % {
            "first": rows[0][1],
            "last": rows[-1][1],
        }
    return Compared(title=title, answer=answer, agrees=not unexplained, lines=rows)


def mend_rows(found: list[ToMend]) -> list[dict[str, Any]]:
    """What child welfare can mend, each with the page where it is mended."""
    return [
        {
            "head": f"{one.fault.field}: {words.FAULTS.get(one.fault.code, one.fault.code)}",
            "when": f"{words.SHORT[one.fault.kind]}, {words.period(one.fault.period)}", "is_error": one.fault.is_error,
            "url": reverse("safety:report", args=[one.fault.row_id]) if one.fault.kind == CHILD
            else reverse("permanency:family", args=[one.identity_id]),
        }
        for one in found
    ]  # fmt: skip
