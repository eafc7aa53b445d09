"""Draws two records side by side: the facts, what speaks for one person and what against, and how sure that makes us."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.ui.components import ListRow, Status
from careloom.people import words
from careloom.people.matching.entry import Alike
from careloom.people.matching.looking import Pair
from careloom.people.matching.model import load_model
from careloom.people.models import Join, PersonRecord


@dataclass(frozen=True, kw_only=True)
class SideRow:
    """One fact of both records and what its comparison says."""

    label: str
    left: str
    right: str
    said: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class Sureness:
    """How sure the comparison makes us: words, a number of a hundred, what speaks for it and what against."""

    words: str
    of_hundred: int
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    estimate: bool


def full_name(row: PersonRecord | None) -> str:
    """The name as a record has it; words where it has none, as for a newborn."""
    if row is None:
        return _("Not shown to you")
    name = " ".join(f"{row.given_name or row.preferred_name} {row.family_name}".split())
    return name or (_("No name yet") if row.role == "INFANT" else _("No name"))


def sureness(*, weight: float, answers: Iterable[Iterable[str]]) -> Sureness:
    """The estimate in words and as a number, with the reasons in the order of what they weigh."""
    model = load_model()
    level = "VERY_LIKELY" if weight >= model.very_likely else "LIKELY" if weight >= model.likely else "POSSIBLE"
    chance = 1 / (1 + 2 ** -max(-60.0, min(60.0, weight)))
    weighed = sorted(((model.weight_of(name, code), name, code) for name, code in answers), key=lambda one: -abs(one[0]))
    said = [(bits, f"{words.COMPARED.get(name, name)}: {words.ANSWERS.get(code, code)}") for bits, name, code in weighed]
    return Sureness(
        words=str(words.SURENESS[level]), of_hundred=max(1, min(99, round(chance * 100))),
        speaks_for=tuple(text for bits, text in said if bits > 0), against=tuple(text for bits, text in said if bits < 0),
        estimate=not model.reviewed_by,
    )  # fmt: skip


def side_rows(pair: Pair, *, agencies: Mapping[UUID, Agency], own: Agency) -> list[SideRow]:
    """The facts of both records beside each other."""
    left, right = pair.left, pair.right
    answers = dict(pair.match.answers)
    mothers = [pair.mothers.get((row.holder_id, row.mother_identity_id)) if row.mother_identity_id else None for row in (left, right)]
    rows = [
        _row(_("Given name"), left.given_name, right.given_name, answers.get("given_name")),
        _row(_("Family name"), left.family_name, right.family_name, answers.get("family_name")),
        _row(_("Called"), left.preferred_name, right.preferred_name, None),
        _row(_("Born"), _date(left), _date(right), answers.get("birth_date")),
        _row(_("Sex"), _sex(left), _sex(right), answers.get("sex")),
        _row(_("Address"), left.address, right.address, answers.get("address")),
        _row(_("Telephone"), left.phone, right.phone, answers.get("phone")),
    ]
    if any(row.mother_identity_id for row in (left, right)):
        shown = [f"{full_name(row)}, {_date(row)}".strip(", ") if row else "" for row in mothers]
        rows.append(_row(_("Mother"), *shown, answers.get("mother")))
    kept = [kept_by(row, agencies=agencies, own=own) for row in (left, right)]
    rows.append(SideRow(label=_("Record kept by"), left=kept[0], right=kept[1], said="", icon=""))
    since = [date_format(row.made_at.astimezone(clock.zone(own.zone))) for row in (left, right)]
    rows.append(SideRow(label=_("In the record since"), left=since[0], right=since[1], said="", icon=""))
    return [row for row in rows if row.left or row.right]


def match_lines(pairs: Iterable[Pair], *, agencies: Mapping[UUID, Agency], own: Agency) -> list[ListRow]:
    """Possible matches for a list."""
    return [_line(pair, agencies=agencies, own=own) for pair in pairs]


def alike_lines(found: Iterable[Alike], *, agencies: Mapping[UUID, Agency], own: Agency) -> list[ListRow]:
    """Who may be the person that is being written down, for the page on which it is done."""
    lines = []
    for alike in found:
        sure = sureness(weight=alike.weighed.weight, answers=alike.weighed.answers)
        about = alike.record.mother_identity_id or alike.record.identity_id
        lines.append(
            ListRow(
                head=full_name(alike.record), who=_("born %(day)s") % {"day": _date(alike.record)} if alike.record.birth_date else _("day not known"),
                when=kept_by(alike.record, agencies=agencies, own=own), url=reverse("desk:family", args=[about]),
                status=Status(words=_("%(words)s, %(n)s in 100") % {"words": sure.words, "n": sure.of_hundred}),
                note="; ".join(sure.speaks_for[:3]),
            )
        )  # fmt: skip
    return lines


def join_lines(rows: Iterable[Any], *, names: Mapping[UUID, PersonRecord], own: Agency) -> list[ListRow]:
    """What the agency joined."""
    return [
        ListRow(
            head=full_name(names.get(row.identity_id)), who=str(words.JOINED_BECAUSE.get(row.because, row.because)),
            when=date_format(row.at.astimezone(clock.zone(own.zone))), url=reverse("people:join", args=[row.pk]), status=join_mark(row),
        )
        for row in rows
    ]  # fmt: skip


def join_mark(row: Join) -> Status:
    """Whether a join stands."""
    return Status(words=_("Taken back")) if row.undone_at else Status(words=_("One person"), tone="done")


def _line(pair: Pair, *, agencies: Mapping[UUID, Agency], own: Agency) -> ListRow:
    sure = sureness(weight=pair.match.weight, answers=pair.match.answers)
    holders = dict.fromkeys(kept_by(row, agencies=agencies, own=own) for row in (pair.left, pair.right))
    told = {
        "OPEN": Status(words=_("%(words)s, %(n)s in 100") % {"words": sure.words, "n": sure.of_hundred}, tone="wait"),
        "LATER": Status(words=_("Ask again on %(day)s") % {"day": date_format(pair.match.look_again_on) if pair.match.look_again_on else ""}),
    }
    mark = told.get(pair.match.state) or Status(words=str(words.STATES[pair.match.state]), tone="done")
    names = " / ".join(dict.fromkeys([full_name(pair.left), full_name(pair.right)]))
    return ListRow(
        head=names, who=", ".join(holders), when=date_format(pair.match.found_at.astimezone(clock.zone(own.zone))), status=mark,
        url=reverse("people:match", args=[pair.match.pk]),
    )  # fmt: skip


def _row(label: str, left: str, right: str, code: str | None) -> SideRow:
    if code is None:
        same = left and right and left == right
        return SideRow(label=label, left=left, right=right, said=_("the same") if same else "", icon="check" if same else "")
    speaks = code in {"SAME", "SAME_NAMES"}
    return SideRow(label=label, left=left, right=right, said=str(words.ANSWERS.get(code, code)), icon="check" if speaks else "info")


def kept_by(row: PersonRecord, *, agencies: Mapping[UUID, Agency], own: Agency) -> str:
    """Whose record it is, as people outside know the agency."""
    agency = agencies.get(row.holder_id)
    if agency is None:
        return _("Told by herself")
    return agency.short_name if agency.pk == own.pk else agency.name_outside


def _date(row: PersonRecord) -> str:
    return date_format(row.birth_date) if row.birth_date else ""


def _sex(row: PersonRecord) -> str:
    return {"f": _("Female"), "m": _("Male")}.get(row.sex.strip()[:1].lower(), row.sex)
