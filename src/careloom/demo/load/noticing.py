"""The birth notification at the hospital, and what child welfare does with one that reaches it. The pack's rules decide, not the story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from careloom.demo.load.exposing import NOT_COUNTED, exposure_fact
from careloom.demo.load.family import Family, Moment
from careloom.notifications.actions import Answer, Told, answer_received, give_to, save_facts, send_notification, start_notification
from careloom.notifications.facts import NotificationFacts, changed, from_json
from careloom.notifications.models import ReceivedNotification

PACK = "columbia"
NEWS = timedelta(days=4)  # what came in since then waits for somebody to take it


def moments(family: Family) -> Iterator[Moment]:
    """The notification on the day it was made, and the answer of child welfare where it got one."""
    notice, welfare = family.story.notification, family.story.child_welfare
    if notice is None:
        return
    at = family.after_birth(family.on(notice.made_on, 16), hours=3)
    yield Moment(at=at, order=2, play=lambda at: notify(family, at=at))
    if welfare is not None:
        given = family.past(at + timedelta(hours=1))
        yield Moment(at=given, order=3, play=lambda at: give(family, at=at))
        if welfare.screened_in is False:
            day = welfare.reported_on + timedelta(days=1)
            yield Moment(at=max(given, family.on(day, 15)), order=4, play=lambda at: reply(family, Answer.SCREENED_OUT, at=at))
        elif welfare.face_to_face_on is not None:
            day = welfare.face_to_face_on
            yield Moment(at=max(given, family.on(day, 15)), order=4, play=lambda at: reply(family, Answer.ACCEPTED_PATHWAY, at=at))
    elif family.county.ends_on - notice.made_on > NEWS:
        # The rules sent names although the story knows of no assessment: the supervisor read it, and the plan was enough.
        yield Moment(at=family.past(at + timedelta(days=1)), order=3, play=lambda at: give(family, at=at))
        yield Moment(at=family.past(at + timedelta(days=2)), order=4, play=lambda at: reply(family, Answer.SCREENED_OUT, at=at))


def notify(family: Family, *, at: datetime) -> None:
    """The hospital's worker fills what the chart does not know, tells the mother, and sends."""
    story = family.story
    notice = story.notification
    if notice is None or not family.births:
        return
    with family.acting(notice.made_by) as by:
        row = start_notification(
            by=by, at=at, mother_id=family.her, birth_ids=list(family.births.values()), pack=PACK, request_key=family.key(story.key, "notice")
        )
        facts = _answers(family, from_json(row.facts))
        saved = save_facts(by=by, at=at, notification_id=row.pk, facts=facts, row_version=row.row_version)
        if not family.count(saved):
            return
        told = Told(at=at, how=facts.told_how)
        sent = send_notification(by=by, at=at, notification_id=row.pk, told=told)
        if family.count(sent):
            family.level = sent.notification.answer.get("level", "")  # type: ignore[union-attr]


def _answers(family: Family, facts: NotificationFacts) -> NotificationFacts:
    story, notice = family.story, family.story.notification
    if notice is None:
        return facts
    treatment = story.treatment
    treated = treatment is not None and treatment.started_on <= notice.made_on and (treatment.ended_on is None or treatment.ended_on > notice.made_on)
    declined = story.plan is not None and story.plan.status == "DECLINED"
    directed = [e.as_directed for e in story.exposures if e.is_prescribed]
    return changed(
        facts,
        exposures=tuple(exposure_fact(e) for e in story.exposures if e.substance not in NOT_COUNTED) or facts.exposures,
        as_prescribed=("YES" if all(directed) else "NO") if directed else "",
        in_treatment="YES" if treated else "NO",
        safety_concern="YES" if notice.has_concern and notice.level == "L4" else "NO",
        safety_words=(notice.concern_seen or "") if notice.level == "L4" else "",
        plan_status="HAS_CARD" if notice.showed_plan else "NOT_NOW" if declined else "WANTS_ONE",
        told_mother="YES",
        told_how="INTERPRETER" if story.mother.wants_interpreter else "IN_HER_LANGUAGE",
    )


def _received(family: Family) -> list[ReceivedNotification]:
    return list(ReceivedNotification.objects.filter(identity_id=family.her, withdrawn_at=None))


def give(family: Family, *, at: datetime) -> None:
    """The supervisor of child welfare gives what came in to a worker."""
    for agency in ("pine_children", "harbor_children"):
        worker = family.hand(agency)
        supervisor = family.county.worker_by_key[worker].supervisor_key
        with family.acting(supervisor or worker) as by:
            for row in _received(family):
                give_to(by=by, at=at, received_id=row.pk, worker_id=family.worker_id(worker))


def reply(family: Family, answer: Answer, *, at: datetime) -> None:
    """The worker of child welfare answers what she was given."""
    words = {
        Answer.SCREENED_OUT: "The community plan fits; nothing asks for more.",
        Answer.ACCEPTED_PATHWAY: "Met the family; the assessment has begun.",
    }
    for agency in ("pine_children", "harbor_children"):
        with family.acting(family.hand(agency)) as by:
            for row in _received(family):
                answer_received(by=by, at=at, received_id=row.pk, answer=answer, reason=words[answer])
