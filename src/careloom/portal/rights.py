"""What she asks of those who keep records about her, and the list of who was told, in the words of her pages.

Source: 42 CFR 2.23 to 2.26; 45 CFR 164.522 to 164.528. Reading grade 6; a holder is named by its outward name unless that tells too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.queries import names_of, records_of
from careloom.portal import words
from careloom.portal.door import Her
from careloom.portal.presenters import local
from careloom.rights import queries
from careloom.rights.accounting import Entry, her_statement
from careloom.rights.actions.handling import may_review
from careloom.rights.holders import holders_of, read_by_her
from careloom.rights.kinds import Right
from careloom.rights.models import RightsRequest
from careloom.rights.plain import GROUNDS

PAGE = 20
RIGHTS: dict[str, Any] = {
    Right.ACCESS: _("Get a copy of my records"),
    Right.AMENDMENT: _("Fix something that is wrong"),
    Right.ACCOUNTING: _("Get a list of who was told about me"),
    Right.RESTRICTION: _("Ask them not to share something"),
    Right.CONFIDENTIAL: _("Be reached another way"),
    Right.INTERMEDIARY: _("Get a list from a group that passes records on"),
}
HINTS: dict[str, Any] = {
    Right.ACCESS: _("They have 30 days. Private notes of talks with a counselor are kept apart."),
    Right.AMENDMENT: _("They have 60 days. The old words stay, and your words stand next to them."),
    Right.ACCOUNTING: _("They have 60 days. The first list in a year is free. You can also see your list here now."),
    Right.RESTRICTION: _("They may say no. If you paid for it all and it is about a health plan, they must say yes."),
    Right.CONFIDENTIAL: _("You do not have to say why."),
    Right.INTERMEDIARY: _("They have 30 days."),
}
STATES: dict[str, tuple[Any, str]] = {
    "RECEIVED": (_("They have your request."), "wait"), "GRANTED": (_("They said yes."), "done"),
    "PARTLY": (_("They said yes to a part."), "done"), "DENIED": (_("They said no."), ""), "WITHDRAWN": (_("You took it back."), ""),
}  # fmt: skip
STEPS: dict[str, Any] = {
    "RECEIVED": _("They got your request"), "VERIFIED": _("They know that it is you"), "PUT_OFF": _("They need more time"),
    "GRANTED": _("They said yes"), "PARTLY": _("They said yes to a part"), "DENIED": _("They said no"),
    "WITHDRAWN": _("You took it back"), "DISAGREED": _("Your words were put next to the record"),
    "REBUTTED": _("They put their own words next to yours"), "REVIEW_ASKED": _("You asked for a second look"),
    "UPHELD": _("Second look: the answer stays"), "OVERTURNED": _("Second look: you get it"), "END_ASKED": _("You asked to end this"),
    "LIMIT_ENDED": _("It ended"), "LATE": _("They are late, and someone was told"),
}  # fmt: skip
WHY: dict[str, Any] = {
    "treatment": _("to care for you"), "care_coordination": _("to plan care with you"), "posc_monitoring": _("to follow your plan"),
    "payment": _("to pay for care"), "health_care_operations": _("to run the place well"), "safety_assessment": _("to keep a child safe"),
    "child_abuse_report_initial": _("to keep a child safe"), "child_abuse_followup": _("to keep a child safe"),
    "capta_notification": _("the law asks for it after a birth"), "dependency_proceeding": _("for the court"),
    "emergency_treatment": _("to help you in an emergency"), "audit": _("to check that rules are kept"), "research": _("for a study"),
    "public_health": _("for public health"),
}  # fmt: skip
# What a form calls a kind of place. The code of a kind says clinic, and the source of a page on her phone must not.
KINDS: dict[str, tuple[AgencyKind, Any]] = {
    "INSURANCE": (AgencyKind.HEALTH_PLAN, _("My health plan")), "HOSPITALS": (AgencyKind.HOSPITAL, _("Every hospital")),
    "PREGNANCY": (AgencyKind.OB_CLINIC, _("Pregnancy care")), "BABY": (AgencyKind.PEDIATRIC_CLINIC, _("My baby’s doctor")),
    "HOME": (AgencyKind.HOME_VISITING, _("Home visits")), "HOUSING": (AgencyKind.HOUSING, _("Housing help")),
    "COUNTY": (AgencyKind.PUBLIC_HEALTH, _("County health")),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """One request in her list."""

    id: UUID
    what: str
    of: str
    state: str
    tone: str
    day: date
    due: date | None


@dataclass(frozen=True, kw_only=True)
class AskedPage:
    """A page of what she asked, newest first."""

    rows: tuple[AskedLine, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class OneAsked:
    """One request with where it stands, what they told her, and what she may do now."""

    row: RightsRequest
    what: str
    of: str
    state: str
    tone: str
    steps: tuple[tuple[str, datetime], ...]
    grounds: tuple[str, ...]
    may_disagree: bool
    may_review: bool
    may_end: bool
    has_paper: bool
    answer: str
    longer: str
    rebuttal: str


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """One line of her list: who was told what by whom, what for, and on which ground."""

    on: date
    to: str
    by: str
    what: str
    why: str
    ground: str
    address: str


@dataclass(frozen=True, kw_only=True)
class ToldPage:
    """A page of her list, newest first, with the days that it covers."""

    rows: tuple[ToldLine, ...]
    page: int
    has_more: bool
    from_on: date
    to_on: date


def holder_words(agency: Agency | None) -> str:
    """A holder or receiver by its outward name, or by what it does where the name tells too much."""
    if agency is None:
        return gettext("Someone who helps you")
    return words.agency_words(agency.kind) if words.tells(agency.name_outside) else agency.name_outside


def choices(*, viewer: Viewer, at: datetime) -> list[tuple[str, str]]:
    """Whom she may ask: every holder whose records her pages show. Two that read alike get a number, so that she can tell them apart."""
    named = [(str(agency.pk), holder_words(agency)) for agency in holders_of(viewer=viewer, at=at)]
    seen: dict[str, int] = {}
    found = []
    for pk, name in named:
        seen[name] = seen.get(name, 0) + 1
        found.append((pk, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return found


def people_at(*, her: Her, holder_id: UUID, at: datetime) -> list[UUID]:
    """Herself and her infants of whom that holder has something she may read, herself first."""
    held = read_by_her(viewer=her.viewer, at=at).get(holder_id, {})
    return sorted((pk for pk in held if pk in her.subject_ids), key=lambda pk: (pk != her.identity_id, str(pk)))


def about_choices(*, her: Her) -> list[tuple[str, str]]:
    """Whose record it is about: hers, or an infant's. One query."""
    infants = [pk for pk in her.subject_ids if pk != her.identity_id]
    known = names_of(viewer=her.viewer, identity_ids=infants)
    named = [
        (str(pk), (known[pk].preferred_name or known[pk].given_name if pk in known else "") or gettext("My baby")) for pk in sorted(infants, key=str)
    ]
    return [(str(her.identity_id), gettext("Me")), *named]


def name_at(*, viewer: Viewer, identity_id: UUID, holder_id: UUID) -> tuple[str, date | None]:
    """A person's name and birth date as that holder has them, else as she has them. One query."""
    rows = sorted(records_of(viewer=viewer, identity_ids=[identity_id]), key=lambda row: row.holder_id != holder_id)
    for row in rows:
        name = f"{row.given_name or row.preferred_name} {row.family_name}".strip()
        if name:
            return name, row.birth_date
    return gettext("Name not given"), None


def asked_by_her(*, her: Her, at: datetime, page: int) -> AskedPage:
    """What she asked, newest first. Two queries."""
    found = queries.hers(viewer=her.viewer, identity_ids=her.subject_ids, page=page)
    rows: tuple[RightsRequest, ...] = found.rows  # type: ignore[assignment]
    account(viewer=her.viewer, place="my:rights", rows=rows, at=at)
    agencies = agencies_by_id(ids={row.holder_id for row in rows})
    return AskedPage(rows=tuple(_line(row, agencies=agencies) for row in rows), page=found.page, has_more=found.has_more)


def _line(row: RightsRequest, *, agencies: Mapping[UUID, Agency]) -> AskedLine:
    state, tone = STATES[row.state]
    return AskedLine(
        id=row.pk, what=str(RIGHTS[row.right]), of=holder_words(agencies.get(row.holder_id)), state=str(state), tone=tone,
        day=local(row.received_at).date(), due=row.due_on if row.is_open else None,
    )  # fmt: skip


def one_asked(*, her: Her, at: datetime, right_id: UUID) -> OneAsked:
    """One request of hers. Raises NotVisible. Four queries."""
    row = queries.one_of_hers(viewer=her.viewer, identity_ids=her.subject_ids, right_id=right_id)
    steps = queries.steps_of(viewer=her.viewer, request_id=row.pk)
    account(viewer=her.viewer, place="my:right", rows=[row], at=at)
    holder = agencies_by_id(ids={row.holder_id}).get(row.holder_id)
    state, tone = STATES[row.state]
    return OneAsked(
        row=row, what=str(RIGHTS[row.right]), of=holder_words(holder), state=str(state), tone=tone,
        steps=tuple((str(STEPS.get(step.code, step.code)), step.at) for step in steps),
        grounds=tuple(str(GROUNDS[code]) for code in row.codes if code in GROUNDS),
        may_disagree=row.right == Right.AMENDMENT and row.state == "DENIED" and not row.disagreement,
        may_review=row.right == Right.ACCESS and may_review(row) and row.review_asked_at is None,
        may_end=row.right == Right.RESTRICTION and bool(row.restriction_id) and row.ended_at is None and row.end_asked_at is None,
        has_paper=bool(row.media_type), answer=_quiet(row.answer), longer=_quiet(row.put_off_because), rebuttal=_quiet(row.rebuttal),
    )  # fmt: skip


def _quiet(text: str) -> str:
    """What an agency wrote, unless it holds a word that her pages never show."""
    return gettext("They wrote something that is not shown on a phone. Ask them for it, or call your care team line.") if words.tells(text) else text


def told_to(*, her: Her, on: date, page: int) -> ToldPage:
    """Her list of who was told, of every holder, newest first. Six queries."""
    statement = her_statement(viewer=her.viewer, identity_ids=her.subject_ids, on=on, zone=settings.TIME_ZONE)
    start = (max(page, 1) - 1) * PAGE
    shown = statement.entries[start : start + PAGE]
    holders = agencies_by_id(ids={entry.holder_id for entry in shown})
    return ToldPage(
        rows=tuple(_told(entry, holders=holders) for entry in shown), page=max(page, 1), has_more=len(statement.entries) > start + PAGE,
        from_on=statement.from_on, to_on=statement.to_on,
    )  # fmt: skip


def _told(entry: Entry, *, holders: Mapping[UUID, Agency]) -> ToldLine:
    kind = entry.to_kind if entry.to_kind in {str(k) for k in words.AGENCIES} else ""
    named = entry.to if entry.to and not words.tells(entry.to) else words.agency_words(kind) if kind else words.place_words("")
    what = words.information_words(list(entry.categories))
    return ToldLine(
        on=entry.on, to=named, by=holder_words(holders.get(entry.holder_id)), what=what, why=str(WHY.get(entry.purpose, gettext("another reason"))),

        ground=_grounds(entry.basis) if entry.permitted else gettext("This should not have happened. The law did not allow it."),
        address="" if words.tells(entry.address) else entry.address,
    )  # fmt: skip


def _grounds(basis: Iterable[str]) -> str:
    """On which ground it was told, in words. The paper names the rule itself; on a phone its number would tell what kind of care this is."""
    cited = tuple(basis)
    if any(one.startswith(("42 CFR 2.3", "45 CFR 164.508")) for one in cited):
        return gettext("You said yes on a form.")
    if any(one.startswith(("42 CFR 2.6", "45 CFR 164.512(e)")) for one in cited):
        return gettext("A judge ordered it.")
    return gettext("The law allows it without asking you.")
