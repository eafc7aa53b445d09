"""When a consent lives: signature, expiry, events and revocation (42 CFR 2.31(a)(6), (a)(7), (a)(9), (c), 2.35(c))."""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure.consent_form import OPEN_ENDED_EVENTS
from careloom.kernel.disclosure.groups import PAYING
from careloom.kernel.disclosure.inputs import Consent, Scenario, day_before
from careloom.kernel.disclosure.reasons import PartTwoConsent, Reason
from careloom.kernel.disclosure.vocabulary import ConsentKind

# Named once: to find a word by its name costs more than to compare it.
_CRIMINAL_JUSTICE = ConsentKind.CRIMINAL_JUSTICE


def life_gaps(*, scenario: Scenario, consent: Consent, on: date) -> list[Reason]:
    """Why the consent does not live on the day. The day of expiry counts; the day of revocation does not."""
    gaps: list[Reason] = []
    if consent.signed is None or consent.signed > on:
        gaps.append(PartTwoConsent.NOT_YET_SIGNED)
    if consent.expires is not None and on > consent.expires:
        gaps.append(PartTwoConsent.EXPIRED)
    gaps += _event_gaps(scenario, consent, on)
    if is_revoked(consent=consent, on=on) and not _survives_revocation(scenario, consent):
        gaps.append(PartTwoConsent.REVOKED)
        if scenario.facts.reliance:
            gaps.append(PartTwoConsent.SERVICES_NOT_EARLIER)
    return gaps


def life_reasons(*, scenario: Scenario, consent: Consent, on: date) -> list[Reason]:
    """Why a revoked consent still carries this disclosure."""
    if not is_revoked(consent=consent, on=on):
        return []
    return [PartTwoConsent.REVOCATION_DELAYED if revocation_waits(scenario=scenario, consent=consent) else PartTwoConsent.RELIED_ON]


def is_revoked(*, consent: Consent, on: date) -> bool:
    """Whether a revocation had been received by the day; it looks forward only."""
    return consent.revoked is not None and on >= consent.revoked


def revocation_waits(*, scenario: Scenario, consent: Consent) -> bool:
    """Whether a criminal justice consent may still not be revoked: no later than the final disposition."""
    facts = scenario.facts
    return (
        consent.kind is _CRIMINAL_JUSTICE
        and consent.revocable_after == "final_disposition"
        and facts.treatment_condition_of_criminal_disposition is True
        and facts.knows_event(name="final_disposition")
        and facts.event_day(name="final_disposition") is None
    )


def last_day(*, scenario: Scenario, consent: Consent) -> date | None:
    """The inclusive last day by date, event and revocation; None when open-ended."""
    revoked = None if _survives_revocation(scenario, consent) else day_before(consent.revoked)
    event = day_before(scenario.facts.event_day(name=consent.expiry_event or ""))
    days = [day for day in (consent.expires, event, revoked) if day is not None]
    return min(days) if days else None


def _event_gaps(scenario: Scenario, consent: Consent, on: date) -> list[Reason]:
    gaps: list[Reason] = []
    event = consent.expiry_event
    if not event or event in OPEN_ENDED_EVENTS:
        return gaps
    if not scenario.facts.knows_event(name=event):
        if consent.expires is None:
            gaps.append(PartTwoConsent.EVENT_UNKNOWN)
        return gaps
    happened = scenario.facts.event_day(name=event)
    if happened is not None and on >= happened:
        gaps.append(PartTwoConsent.EXPIRED)
    return gaps


def _survives_revocation(scenario: Scenario, consent: Consent) -> bool:
    return revocation_waits(scenario=scenario, consent=consent) or _relied_on(scenario, consent)


def _relied_on(scenario: Scenario, consent: Consent) -> bool:
    services, revoked = scenario.facts.services_dates, consent.revoked
    if not scenario.facts.reliance or services is None or revoked is None:
        return False
    return scenario.request.purpose in PAYING and services.last < revoked
