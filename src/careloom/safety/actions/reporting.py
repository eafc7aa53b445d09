"""A report about a child is written down, corrected with its history kept, and decided (screening, disposition). Source: law.md 4.1."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.notifications.models import ReceivedNotification
from careloom.people.queries import with_infants
from careloom.safety import report_words as words
from careloom.safety.actions.meeting import infants_in, write_down_family
from careloom.safety.actions.rows import child_welfare
from careloom.safety.actions.starting import knows
from careloom.safety.clocks import today
from careloom.safety.models.report import REPORT, ReportOnChild


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What is told of a report and a child. Empty texts and None mean that it is not known or not decided yet."""

    child_id: UUID | None
    received_on: date
    source: str
    number: str = ""
    received_id: UUID | None = None
    received_time: time | None = None
    incident_on: date | None = None
    screened: str = ""
    screened_on: date | None = None
    response: str = ""
    started_on: date | None = None
    started_time: time | None = None
    disposition: str = ""
    disposed_on: date | None = None
    maltreatments: tuple[tuple[str, str], ...] = ()  # (kind, level), the gravest first
    child_factors: dict[str, str] = field(default_factory=dict)
    caretaker_factors: dict[str, str] = field(default_factory=dict)
    prior_victim: str = ""
    services_given: str = ""
    services_on: date | None = None
    services: tuple[str, ...] = ()
    safe_care_plan: str = ""
    safe_care_referral: str = ""
    died: str = ""
    died_on: date | None = None

    def columns(self) -> dict[str, Any]:
        """The values as the table keeps them."""
        kept = asdict(self) | {"services": sorted(self.services), "number": said(self.number, most=40)}
        return kept | {"maltreatments": [{"kind": kind, "level": level} for kind, level in self.maltreatments]}


@transaction.atomic
def keep_report(*, by: Viewer, at: datetime, identity_id: UUID, told: Reported, request_key: str, from_file: bool = False) -> Done | Refused:
    """Write a report about a child down. Idempotent. An empty number becomes one that is made here. Raises NotVisible."""
    agency = child_welfare(by)
    take_turn([f"{agency.pk}:reports-of:{identity_id}"])
    known = ReportOnChild.every.filter(holder_id=agency.pk, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    if not knows(identity_id, by=by):
        raise NotVisible
    sent = _sent(told, by=by, identity_id=identity_id)
    wrong = wrong_with(told, by=by, identity_id=identity_id, on=today(pack=agency.pack, at=at), sent=sent)
    columns = told.columns() | {"number": told.columns()["number"] or made_number(told)}
    if ReportOnChild.objects.filter(holder_id=agency.pk, number=columns["number"], child_id=told.child_id, replaced_by_id=None).exists():
        wrong.append("TWICE")
    if wrong:
        return Refused(codes=tuple(wrong))
    if sent is not None:
        # Also a report that was screened out leaves a record of whom it was about: the count of it needs the child's age.
        write_down_family(sent, agency=agency, by=by, at=at, worker_id=by.worker_id)
    row = ReportOnChild(
        id=uuid4(), holder_id=agency.pk, identity_id=identity_id, category=REPORT, at=at, worker_id=by.worker_id, request_key=request_key,
        from_file=from_file, **columns,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="safety.report_kept", identity_id=identity_id, object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def correct_report(
    *, by: Viewer, at: datetime, report_id: UUID, told: Reported, reason: str, request_key: str, from_file: bool = False
) -> Done | Refused:
    """Write how a report stands now: a further version beside the one before, which stays with who wrote it and when. Raises NotVisible.

    The number and the child stay. A reason is asked once the report has a disposition; until then the report only goes on.
    """
    agency = child_welfare(by)
    take_turn([f"{agency.pk}:report:{report_id}"])
    row = own_report(by=by, report_id=report_id)
    known = ReportOnChild.every.filter(holder_id=agency.pk, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    wrong = wrong_with(told, by=by, identity_id=row.identity_id, on=today(pack=agency.pack, at=at))
    if row.replaced_by_id is not None:
        wrong.append("REPLACED")
    if row.disposition and len(reason.strip()) < 3:
        wrong.append("REASON")
    wrong = [code for code in wrong if code != "CHILD"]
    if wrong:
        return Refused(codes=tuple(wrong))
    new = ReportOnChild(
        id=uuid4(), holder_id=agency.pk, identity_id=row.identity_id, category=REPORT, at=at, worker_id=by.worker_id, request_key=request_key,
        from_file=from_file, version=row.version + 1, corrects_id=row.pk, correction_reason=said(reason, most=300),
        **told.columns() | {"child_id": row.child_id, "number": row.number, "received_id": row.received_id},
    )  # fmt: skip
    # First the old one gives its place up: only one version of a report stands.
    ReportOnChild.objects.filter(pk=row.pk, holder_id=agency.pk).update(replaced_by_id=new.pk)
    new.save()
    record(by=by, at=at, action="safety.report_corrected", identity_id=row.identity_id, object_id=new.pk)
    return Done(row_id=new.pk)


def own_report(*, by: Viewer, report_id: UUID) -> ReportOnChild:
    """A report of the own agency that was not taken back. Raises NotVisible."""
    child_welfare(by)
    row: ReportOnChild | None = ReportOnChild.objects.seen_by(by).filter(pk=report_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def made_number(told: Reported) -> str:
    """A number for a report that has none yet: twins whom one letter of a hospital is about share it."""
    return f"C{(told.received_id or uuid4()).hex[:15].upper()}"


def _sent(told: Reported, *, by: Viewer, identity_id: UUID) -> ReceivedNotification | None:
    """What the hospital sent, where the report is that one."""
    if told.received_id is None:
        return None
    rows = ReceivedNotification.objects.seen_by(by).filter(pk=told.received_id, holder_id=by.holder_id, identity_id=identity_id, withdrawn_at=None)
    found: ReceivedNotification | None = rows.first()
    return found


def wrong_with(told: Reported, *, by: Viewer, identity_id: UUID, on: date, sent: ReceivedNotification | None = None) -> list[str]:
    """The codes of what is missing or does not fit, in the order of the form. Days are the agency's own; `sent` names children too."""
    infants = {row.identity_id for row in with_infants(viewer=by, identity_ids=[identity_id]) if row.identity_id != identity_id}
    infants |= {child for _name, child in infants_in(sent) if child is not None} if sent is not None else set()
    after = told.received_on
    findings = {level for _, level in told.maltreatments}
    checks = {
        "CHILD": told.child_id not in infants,
        "RECEIVED_ON": told.received_on > on,
        "SOURCE": told.source not in words.SOURCES,
        "INCIDENT_ON": told.incident_on is not None and told.incident_on > after,
        "SCREENED": told.screened not in words.SCREENED,
        "SCREENED_ON": (told.screened_on is None) == bool(told.screened) or not _within(told.screened_on, after, on),
        "SCREENED_OUT": told.screened == "OUT" and bool(told.response or told.started_on or told.disposition),
        "RESPONSE": (bool(told.response) and told.response not in words.RESPONSES) or (bool(told.disposition) and not told.response),
        "STARTED_ON": not _within(told.started_on, after, on),
        "DISPOSITION": bool(told.disposed_on) != bool(told.disposition) or (bool(told.disposition) and told.disposition not in words.DISPOSITIONS),
        "DISPOSED_ON": not _within(told.disposed_on, after, on),
        "ALTERNATIVE": (told.response == "ALTERNATIVE" and told.disposition in words.INVESTIGATED)
        or (told.response == "INVESTIGATION" and told.disposition in words.ALTERNATIVE),
        "KINDS": len(told.maltreatments) > words.MOST_KINDS or any(k not in words.KINDS or v not in words.LEVELS for k, v in told.maltreatments),
        "NO_KIND": told.disposition in {"SUBSTANTIATED", "INDICATED", "ALTERNATIVE_VICTIM"} and told.disposition not in findings,
        "FACTORS": not _answers(told.child_factors, words.CHILD_FACTORS) or not _answers(told.caretaker_factors, words.CARETAKER_FACTORS)
        or any(value and value not in words.YES_NO for value in (told.prior_victim, told.safe_care_plan, told.safe_care_referral)),
        "SERVICES": (told.services_given == "YES") != bool(told.services) or not set(told.services) <= words.SERVICES.keys(),
        "SERVICES_ON": (told.services_given == "YES") != bool(told.services_on),
        "DIED_ON": (told.died == "YES") != bool(told.died_on) or not _within(told.died_on, None, on),
    }  # fmt: skip
    return [code for code, is_wrong in checks.items() if is_wrong]


def _within(day: date | None, first: date | None, last: date) -> bool:
    return day is None or ((first is None or day >= first) and day <= last)


def _answers(given: dict[str, str], among: Any) -> bool:
    return set(given) <= set(among) and set(given.values()) <= set(words.YES_NO)
