"""What the kernel is told: frozen, keyword-only, and nothing else is looked up.

An absent date, list or statement is `None` or empty and never helps a permit. An enum field is `None` when its
word is unknown. `rename` gives the key of a field in a line of JSON where it has another name there (data/disclosure/README.md).
"""

from __future__ import annotations

from datetime import date, timedelta

from careloom.kernel.disclosure.facts import Facts
from careloom.kernel.disclosure.records import Record
from careloom.kernel.disclosure.vocabulary import (
    Actor,
    AgreementKind,
    Category,
    ConsentKind,
    OrderKind,
    Provenance,
    Purpose,
    Subject,
)


class Request(Record, frozen=True, kw_only=True, rename={"actor": "actor_org_type", "on": "date"}):
    """Who asks for whose record, which part, what for, on which local legal day."""

    actor: Actor | None = None
    actor_org: str = ""
    actor_role: str = ""
    subject: Subject | None = None
    category: Category | None = None
    purpose: Purpose | None = None
    on: date | None = None


class Source(
    Record, frozen=True, kw_only=True, rename={"is_covered_entity": "holder_is_covered_entity", "is_part2_program": "holder_is_part2_program"}
):
    """Who holds the record and how it came there; Part 2 status is per unit, not per hospital (42 CFR 2.11)."""

    holder: str = ""
    holder_type: str = ""
    is_covered_entity: bool = False
    is_part2_program: bool = False
    provenance: Provenance | None = None
    received_via: str | None = None


class Statements(Record, frozen=True, kw_only=True):
    """The statements that the form carries."""

    revocation_right: bool = False
    hipaa_redisclosure_statement: bool = False
    may_be_redisclosed: bool = False
    refusal_consequences: bool = False


class Consent(Record, frozen=True, kw_only=True, rename={"purposes": "purpose"}):
    """One signed (or unfinished) form. `info` and `purposes` keep the words of the form, known or not."""

    id: str = ""
    kind: ConsentKind | None = None
    patient: Subject | None = None
    discloser: str = ""
    recipients: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    signed: date | None = None
    expires: date | None = None
    expiry_event: str | None = None
    signer: str | None = None
    cosigner: str | None = None
    statements: Statements = Statements()
    revoked: date | None = None
    revocable_after: str | None = None
    intermediary: str | None = None
    general_designation: str | None = None
    redisclosure_by: tuple[str, ...] = ()
    legacy_pre2024: bool = False

    @property
    def last_day(self) -> date | None:
        """The last legal day, inclusive, by date and revocation; None when open-ended or ended by an event."""
        if self.revoked is None:
            return self.expires
        day = day_before(self.revoked)
        return day if self.expires is None or day is None else min(day, self.expires)


class CourtOrder(Record, frozen=True, kw_only=True, rename={"kind": "type"}):
    """A court paper with its findings. A missing finding is a finding that was not made."""

    id: str = ""
    kind: OrderKind | None = None
    court: str = ""
    issued: date | None = None
    expires: date | None = None
    scope: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    notice_given: bool = False
    opportunity_to_respond: bool = False
    finding_other_ways: bool = False
    finding_balance: bool = False
    finding_necessary: bool = False
    finding_knowingly_false: bool = False
    protective_terms: bool = False
    in_camera: bool = False
    ground_2_63: str | None = None
    extremely_serious_crime: bool = False
    substantial_value: bool = False
    holder_had_counsel_opportunity: bool = False
    qualified_protective_order: bool = False
    accompanying_subpoena: bool = False


class Agreement(Record, frozen=True, kw_only=True, rename={"kind": "type"}):
    """A paper between organisations; `end` is inclusive and None means until ended, `start` must be known."""

    id: str = ""
    kind: AgreementKind | None = None
    parties: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    irb: bool = False
    privacy_board_waiver: bool = False
    part2_undertaking: bool = False
    lawful_authority: bool = False

    def binds(self, *, parties: frozenset[str], on: date) -> bool:
        """Whether it is live on the day and all these parties have signed it."""
        live = self.start is not None and self.start <= on and (self.end is None or on <= self.end)
        return live and "" not in parties and parties <= set(self.parties)


class Scenario(Record, frozen=True, kw_only=True):
    """The whole question. `id` is only carried through."""

    id: str = ""
    request: Request = Request()
    source: Source = Source()
    consents: tuple[Consent, ...] = ()
    orders: tuple[CourtOrder, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    facts: Facts = Facts()

    @property
    def on(self) -> date:
        """The day of the request; without one, a day on which nothing is in force (the engine refuses it first)."""
        return self.request.on or date.min


def day_before(day: date | None) -> date | None:
    """The day before, or None; the first day of the calendar has none before it."""
    if day is None or day == date.min:
        return day
    return day - timedelta(days=1)
