"""An agreement as far as it is written: its rows in one place, what is missing, and its words as they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.words import CATEGORIES
from careloom.agreements import words
from careloom.agreements.checklists import Checklist, ClauseOf, checklists
from careloom.agreements.models import Agreement, Clause, Element, Line, Party
from careloom.consents.agreements import PURPOSES
from careloom.infra import clock
from careloom.kernel.partnership import Sector, Stream
from careloom.kernel.partnership.agreements import OPEN, WHOLE, Draft, Filled, Gap, PartyFact, State, Takes, gaps
from careloom.partnership.models import Body, Partner, Seat

PROVIDES = frozenset({Sector.SUBSTANCE_USE, Sector.MENTAL_HEALTH, Sector.HOME_VISITING, Sector.ABUSE_PREVENTION, Sector.MEDICAL_PROVIDERS})


@dataclass(frozen=True, kw_only=True)
class Written:
    """The rows of an agreement that stand now. Parties by role and name; lines in the order in which they were made."""

    agreement: Agreement
    parties: tuple[Party, ...]
    clauses: dict[str, Clause]
    lines: tuple[Line, ...]
    elements: tuple[Element, ...]
    names: dict[str, str]  # partners and bodies by their id as text
    seated: frozenset[UUID]  # partners that sit in the workgroup
    has_provider: bool

    @property
    def checklist(self) -> Checklist:
        """What its kind must hold."""
        return checklists().kinds[self.agreement.kind]

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What keeps it from being executed."""
        row = self.agreement
        draft = Draft(
            clauses={code: Filled(text=one.text, codes=tuple(one.codes)) for code, one in self.clauses.items()},
            parties=tuple(self._party(one) for one in self.parties), lines=Counter(one.table for one in self.lines), elements=len(self.elements),
            places=len(row.places), reports=bool(row.frequency and row.report_due_on), has_provider=self.has_provider, starts_on=row.starts_on,
            ends_on=row.ends_on, review_on=row.review_on, on=clock.today() if State(row.state) in OPEN | WHOLE else None,
        )  # fmt: skip
        return gaps(rules=self.checklist.rules, draft=draft, roles=self.checklist.roles)

    def said(self) -> dict[str, str]:
        """Every clause as one reads it, in the order of the checklist; what is kept of a version. Always in English, as it is signed."""
        with translation.override("en"):
            return {one.rule.code: text for one in self.checklist.clauses if (text := self.words(one))}

    def chosen(self) -> dict[str, list[str]]:
        """What was chosen where a clause is a choice, by clause; what is kept of a version for what is counted by it."""
        codes = [one.rule.code for one in self.checklist.clauses if one.options and one.rule.code in self.clauses]
        return {code: list(self.clauses[code].codes) for code in codes}

    def words(self, clause: ClauseOf) -> str:
        """What stands in a clause, in words; "" where nothing does."""
        row, told = self.agreement, self.clauses.get(clause.rule.code)
        match clause.rule.takes:
            case Takes.PARTIES:
                return "\n".join(f"{one.partner.name} ({words.ROLES[one.role]})" for one in self.parties)
            case Takes.CONTACTS:
                return "\n".join(f"{one.partner.name}: {one.contact_name}, {one.contact_reach}" for one in self.parties if one.contact_name)
            case Takes.SIGNERS:
                lines = (
                    f"{one.partner.name}: {', '.join(filter(None, (one.signer_name, one.signer_title)))}" for one in self.parties if one.signer_name
                )
                return "\n".join(lines)
            case Takes.FILING:
                return "\n".join(f"{one.partner.name}: {one.contract}, {one.manager}" for one in self.parties if one.manager)
            case Takes.AREA:
                return ", ".join(row.places)
            case Takes.REPORT:
                return f"{words.FREQUENCIES[row.frequency]}, {_day(row.report_due_on)}" if row.frequency and row.report_due_on else ""
            case Takes.TERM:
                days = ((_("First day"), row.starts_on), (_("Last day"), row.ends_on), (_("Next review"), row.review_on))
                return "\n".join(f"{name}: {_day(on)}" for name, on in days if on)
            case Takes.LINES:
                return "\n".join(", ".join(filter(None, one.cells)) for one in self.lines if one.table == clause.rule.table)
            case Takes.ELEMENTS:
                return "\n".join(
                    f"{self.names[str(one.discloser_id)]} > {self.names[str(one.recipient_id)]}: "
                    f"{_named(CATEGORIES, one.categories)} ({_named(PURPOSES, one.purposes)})"
                    for one in self.elements
                )
        if told is None:
            return ""
        named = [clause.options.get(code) or self.names.get(code, code) for code in told.codes]
        return "\n".join(filter(None, ["; ".join(named), told.text]))

    def _party(self, row: Party) -> PartyFact:
        return PartyFact(
            key=str(row.partner_id), role=row.role, has_contact=bool(row.contact_name and row.contact_reach), has_signer=bool(row.signer_name),
            has_manager=bool(row.contract and row.manager), seated=row.partner_id in self.seated,
        )  # fmt: skip


def written(agreement: Agreement) -> Written:
    """The rows of an agreement. Eight queries."""
    parties = tuple(Party.objects.filter(agreement=agreement, left_on=None).select_related("partner").order_by("role", "partner__name"))
    clauses = {one.code: one for one in Clause.objects.filter(agreement=agreement)}
    names = {str(pk): name for pk, name in Partner.objects.filter(collaborative_id=agreement.collaborative_id).values_list("pk", "name")}
    names |= {str(pk): name for pk, name in Body.objects.filter(collaborative_id=agreement.collaborative_id).values_list("pk", "name")}
    ours = {one.partner_id for one in parties}
    sits = _sits([code for one in clauses.values() if one.code == "workgroup" for code in one.codes])
    return Written(
        agreement=agreement, parties=parties, clauses=clauses,
        lines=tuple(Line.objects.filter(agreement=agreement, left_on=None).order_by("made_at", "pk")),
        elements=tuple(Element.objects.filter(agreement=agreement, left_on=None).order_by("made_at", "pk")), names=names,
        seated=frozenset(one.partner_id for one in sits),
        has_provider=any(one.partner_id not in ours and provides(one.partner) for one in sits),
    )  # fmt: skip


def _sits(bodies: list[str]) -> list[Seat]:
    return list(Seat.objects.filter(body_id__in=[UUID(one) for one in bodies], body__ends_on=None, left_on=None).select_related("partner"))


def provides(partner: Any) -> bool:
    """Whether a partner gives services to families itself."""
    return bool(set(partner.sectors) & PROVIDES) or Stream.COMMUNITY_TREATMENT in partner.streams


def _named(known: Mapping[str, Any], codes: Iterable[str]) -> str:
    return ", ".join(str(known.get(code, code)) for code in codes)


def _day(day: date | None) -> str:
    return date_format(day, "F j, Y") if day else ""
