"""Who listens to which event, and who is told of a new segment. The one place where the floors are joined upwards."""

from __future__ import annotations

from careloom.commons import owed
from careloom.consents import reviewing
from careloom.consents.given import on_given
from careloom.consents.materialise import materialise
from careloom.consents.preview import on_preview
from careloom.consents.tasks import settle
from careloom.consents.telling import tell_of_stop
from careloom.disclosures.accounting import given_reader
from careloom.disclosures.actions import tell_disclosers
from careloom.disclosures.content import lines_of
from careloom.exchange.families.told import take_birth
from careloom.fhir.hooks.events import HEARD, hear
from careloom.fhir.writing.ports import on_birth
from careloom.following import hearing
from careloom.following.leaving import membership_ended
from careloom.health import previewing as health
from careloom.infra import clock
from careloom.infra.access import segments
from careloom.infra.events.outbox import subscribe
from careloom.infra.ui.brought import on_day
from careloom.kernel.events import (
    ClauseChanged,
    ConsentChanged,
    EmergencyOpened,
    MembershipEnded,
    MessageRead,
    MessageWritten,
    NotificationSent,
    PlanClosed,
    PlanCountsChanged,
    PossibleMatchAnswered,
    PossibleMatchFound,
    ReceivedAnswered,
    ReferralMoved,
    ReturnedToUse,
)
from careloom.messages import previewing as messages
from careloom.messages import telling
from careloom.notifications.actions import deliver_identified
from careloom.people.joining import on_changed
from careloom.people.matching import telling as same_person
from careloom.people.matching.looking import on_look
from careloom.permanency import neighbours
from careloom.permanency import previewing as permanency
from careloom.permanency.ports import on_treated, on_unsafe
from careloom.plans import joining, treating
from careloom.plans.counting import counts_changed
from careloom.plans.queries import preview as plans
from careloom.plans.queries.twice import two_open_plans
from careloom.plans.referrals.tasks import consent_changed
from careloom.portal.actions.reminding import plan_closed, tell_of_message
from careloom.rights import previewing as rights
from careloom.rights.copying import on_record
from careloom.safety import previewing as safety
from careloom.safety.actions import screened_in
from careloom.screening import previewing as screening
from careloom.treatment import previewing as treatment
from careloom.treatment.goals import on_goals
from careloom.work.actions import meet_obligation, open_obligation, put_off


def join() -> None:
    """Join events to handlers; done once when the process starts."""
    segments.on_new_segment(materialise)
    on_changed(materialise)
    on_given(given_reader)
    on_record(lines_of)
    on_look(two_open_plans)
    on_unsafe(neighbours.unsafe)
    on_treated(neighbours.treated)
    on_preview(plans.preview_rows)
    on_preview(health.preview_rows)
    on_preview(messages.preview_rows)
    on_preview(rights.preview_rows)
    on_preview(screening.preview_rows)
    on_preview(treatment.preview_rows)
    on_preview(safety.preview_rows)
    on_preview(permanency.preview_rows)
    on_goals(treating.goals_of)
    on_birth(take_birth)
    on_day(owed.bring)
    on_day(hearing.bring)
    subscribe(MembershipEnded, membership_ended)
    subscribe(ReceivedAnswered, report_screened_in)
    subscribe(NotificationSent, hand_to_child_welfare)
    subscribe(ReturnedToUse, treating.returned_to_use)
    subscribe(ReferralMoved, treating.referral_moved)
    subscribe(PlanCountsChanged, treating.birth_known)
    subscribe(PlanClosed, plan_closed)
    subscribe(ConsentChanged, consent_changed)
    subscribe(ConsentChanged, joining.consent_changed)
    subscribe(ConsentChanged, questions_answered)
    subscribe(ConsentChanged, others_hear_of_stop)
    subscribe(EmergencyOpened, tell_disclosers)
    subscribe(ClauseChanged, review_answered)
    subscribe(PossibleMatchFound, match_found)
    subscribe(PossibleMatchAnswered, match_answered)
    subscribe(MessageWritten, message_written)
    subscribe(MessageRead, message_read)
    for event in (PlanCountsChanged, NotificationSent, ConsentChanged):
        subscribe(event, counts_changed)
    for heard in HEARD:
        subscribe(heard, hear)


def questions_answered(event: ConsentChanged) -> None:
    """What Today asks about a consent is met when the consent is over or was looked at."""
    settle(holder_id=event.holder_id, identity_id=event.identity_id, at=clock.now(), meet=meet_obligation)


def review_answered(event: ClauseChanged) -> None:
    """What Today asks about an agreement is met when somebody reviewed or ended it."""
    reviewing.answered(clause_id=event.clause_id, holder_id=event.holder_id, at=clock.now(), meet=meet_obligation)


def others_hear_of_stop(event: ConsentChanged) -> None:
    """When she stopped a consent, those who hold what it opened and those who have seen it hear of it."""
    tell_of_stop(consent_id=event.consent_id, at=clock.now(), owe=open_obligation)


def hand_to_child_welfare(event: NotificationSent) -> None:
    """An identified notification or a report goes to the agency that must act on it, if the law lets it have it."""
    deliver_identified(notification_id=event.notification_id, holder_id=event.holder_id, at=clock.now())


def message_written(event: MessageWritten) -> None:
    """Those who take part in a thread and may read what was written hear of it; she by a neutral sentence within her hours."""
    telling.on_written(event, at=clock.now(), owe=open_obligation, meet=meet_obligation, tell=tell_of_message)


def message_read(event: MessageRead) -> None:
    """What Today asks of an agency about a thread is met when somebody of it read it."""
    telling.on_read(event, at=clock.now(), meet=meet_obligation)


def match_found(event: PossibleMatchFound) -> None:
    """Whoever may read both records and may say whether they are one person finds the question on Today."""
    same_person.found(event.match_id, at=clock.now(), owe=open_obligation)


def match_answered(event: PossibleMatchAnswered) -> None:
    """What Today asks about two records is met, or put off to the day that was chosen."""
    same_person.answered(event.match_id, state=event.state, at=clock.now(), meet=meet_obligation, put_off=put_off)


def report_screened_in(event: ReceivedAnswered) -> None:
    """A report that child welfare accepts starts its safety assessment."""
    screened_in(received_id=event.received_id, holder_id=event.holder_id, at=clock.now())
