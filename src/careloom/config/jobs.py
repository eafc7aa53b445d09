"""Which jobs run, and when. Each body is one call into the app that owns it."""

from __future__ import annotations

from datetime import datetime, time
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings


def declare(app: Any) -> None:
    """Declare the periodic jobs on Procrastinate's `app`."""

    @app.periodic(cron="* * * * *")
    @app.task(queue="outbox", queueing_lock="outbox", pass_context=False)
    def deliver_outbox(timestamp: int) -> int:
        from careloom.infra.events.outbox import deliver_pending

        return deliver_pending()

    @app.periodic(cron="* * * * *")
    @app.task(queue="clocks", queueing_lock="more", pass_context=False)
    def pass_on_questions(timestamp: int) -> int:
        """Hand questions for more to whoever may answer; apart from the page, so that who asks waits for nobody and learns nothing by the time."""
        from careloom.disclosures.actions import pass_on
        from careloom.infra import clock

        return pass_on(at=clock.now())

    @app.periodic(cron="*/15 * * * *")
    @app.task(queue="clocks", queueing_lock="clocks", pass_context=False)
    def follow_clocks(timestamp: int) -> None:
        """What the clocks do by themselves each quarter of an hour (`follow_clocks_at`)."""
        from careloom.agencies import limits
        from careloom.infra import clock

        limits.sweep()
        follow_clocks_at(clock.now())

    @app.periodic(cron="*/2 * * * *")
    @app.task(queue="grants", queueing_lock="grants", pass_context=False)
    def follow_rules(timestamp: int) -> int:
        """After an upgrade whose rules differ, bring everybody's grants in line, a minute and a half at a time; else nothing is read."""
        from careloom.consents import passes

        until = monotonic() + 90
        done = passes.follow(go_on=lambda _: monotonic() < until)
        return done.changed if done is not None else 0

    @app.periodic(cron="* * * * *")
    @app.task(queue="seals", queueing_lock="seals", pass_context=False)
    def seal_logs(timestamp: int) -> int:
        """Seal what was written to the logs (decision 0005)."""
        from careloom.infra import clock
        from careloom.infra.audit.sealing import seal

        return seal(at=clock.now()).rows

    @app.periodic(cron="* * * * *")
    @app.task(queue="matching", queueing_lock="matching", pass_context=False)
    def search_for_one_person(timestamp: int) -> int:
        """Work on a search for records of one person that somebody asked for, or whose process died; else nothing is read."""
        from careloom.infra import clock
        from careloom.people.matching.searching import work

        return work(at=clock.now())

    @app.periodic(cron="* * * * *")
    @app.task(queue="federal", queueing_lock="federal", pass_context=False)
    def write_federal_files(timestamp: int) -> int:
        """Go on with the federal files that were asked for, most of a minute at a time; else nothing is read."""
        from careloom.federal.tasks import work
        from careloom.infra import clock

        until = monotonic() + 50
        return work(at=clock.now(), go_on=lambda: monotonic() < until)

    @app.periodic(cron="* * * * *")
    @app.task(queue="exports", queueing_lock="exports", pass_context=False)
    def write_exports(timestamp: int) -> int:
        """Go on with the FHIR exports that systems asked for, half a minute at a time, and remove those whose day is over."""
        from careloom.fhir.bulk.work import work
        from careloom.infra import clock

        until = monotonic() + 30
        return work(now=clock.now, go_on=lambda: monotonic() < until)

    @app.periodic(cron="* * * * *")
    @app.task(queue="fetching", queueing_lock="fetching", pass_context=False)
    def fetch_records(timestamp: int) -> int:
        """Go on with the records that workers asked partners' systems for, most of a minute at a time, and end what is over."""
        from careloom.exchange.fetching.work import work
        from careloom.infra import clock

        until = monotonic() + 45
        return work(now=clock.now, go_on=lambda: monotonic() < until)

    @app.periodic(cron="* * * * *")
    @app.task(queue="sheets", queueing_lock="sheets", pass_context=False)
    def bring_sheets(timestamp: int) -> int:
        """Go on with the spreadsheets that workers bring in, most of a minute at a time."""
        from careloom.exchange.sheets.work import work
        from careloom.infra import clock

        until = monotonic() + 45
        return work(now=clock.now, go_on=lambda: monotonic() < until)

    @app.periodic(cron="* * * * *")
    @app.task(queue="hooks", queueing_lock="hooks", pass_context=False)
    def tell_systems(timestamp: int) -> int:
        """Tell systems of agencies what changed that they may read, most of a minute at a time; else nothing is read."""
        from careloom.fhir.hooks.work import work
        from careloom.infra import clock

        until = monotonic() + 45
        return work(now=clock.now, go_on=lambda: monotonic() < until)

    @app.periodic(cron="* * * * *")
    @app.task(queue="expunging", queueing_lock="expunging", pass_context=False)
    def expunge_records(timestamp: int) -> int:
        """Carry out what two persons of an agency agreed to expunge, in a process of its own; else nothing but one question is asked."""
        from careloom.config import expunging

        if expunging.wanted() and (status := expunging.work_apart()):
            raise RuntimeError(f"The process that expunges ended with status {status}. It goes on at the next minute.")
        return 0

    @app.periodic(cron="* * * * *")
    @app.task(queue="exports", queueing_lock="leaving", pass_context=False)
    def write_departures(timestamp: int) -> int:
        """Begin to write what agencies take out, in a process of its own; a file whose time is over goes. Else nothing is read."""
        from careloom.config.leaving import apart, asked
        from careloom.infra import clock

        if waits := asked.waits(home=settings.CARELOOM_HOME, at=clock.now()):
            apart.start_apart()
        return int(waits)

    # Hourly at ten past, and only the one that is 02:10 where we are: cron counts in UTC, and daylight saving moves the hour.
    @app.periodic(cron="10 * * * *")
    @app.task(queue="nightly", queueing_lock="families", pass_context=False)
    def follow_families(timestamp: int) -> int:
        """Find every open plan without an owner or a next date, and every family that nobody reaches (following.tasks)."""
        from careloom.following import tasks
        from careloom.infra import clock

        return sum(tasks.run(at=clock.now()).values()) if is_nightly(timestamp=timestamp, zone_name=settings.TIME_ZONE) else 0

    @app.periodic(cron="10 * * * *")
    @app.task(queue="nightly", queueing_lock="barriers", pass_context=False)
    def gather_barriers(timestamp: int) -> int:
        """Make barriers of what plans and families handed over; at night and all at once, so that none begins when somebody spoke."""
        from careloom.barriers.actions import gather
        from careloom.infra import clock

        return gather(at=clock.now()) if is_nightly(timestamp=timestamp, zone_name=settings.TIME_ZONE) else 0

    @app.periodic(cron="10 * * * *")
    @app.task(queue="nightly", queueing_lock="notifications-batch", pass_context=False)
    def batch_deidentified(timestamp: int) -> int:
        from careloom.notifications.actions import run_batch

        return run_batch() if is_nightly(timestamp=timestamp, zone_name=settings.TIME_ZONE) else 0

    # An hour after the rest of the night, so that it holds what the night did.
    @app.periodic(cron="10 * * * *")
    @app.task(queue="nightly", queueing_lock="extract", pass_context=False)
    def take_extract(timestamp: int) -> int:
        """Take the de-identified extract, in a process of its own (decision 0015). A failure raises, so that the job shows as failed."""
        from careloom.outcomes.extracting.night import take_apart

        if is_nightly(timestamp=timestamp - 3600, zone_name=settings.TIME_ZONE) and (status := take_apart()):
            raise RuntimeError(f"The process that takes the extract ended with status {status}.")
        return 0

    @app.periodic(cron="10 * * * *")
    @app.task(queue="nightly", queueing_lock="numbers", pass_context=False)
    def compute_numbers(timestamp: int) -> int:
        """Compute all indicators once a month, two hours after the rest of the night."""
        from careloom.infra import clock
        from careloom.outcomes.snapshots import night

        if is_nightly(timestamp=timestamp - 7200, zone_name=settings.TIME_ZONE) and night.due(at=clock.now()) and (status := night.take_apart()):
            raise RuntimeError(f"The process that computes the numbers ended with status {status}.")
        return 0

    @app.periodic(cron="10 * * * *")
    @app.task(queue="nightly", queueing_lock="usage", pass_context=False)
    def count_usage(timestamp: int) -> int:
        """Count the fields that stay empty once a month, at night; the first count of an installation does not wait for it."""
        from careloom.infra import clock
        from careloom.usage import tasks

        begun = monotonic()
        # After half an hour the rest is left to the next night: each agency that was counted stays counted.
        nightly = is_nightly(timestamp=timestamp, zone_name=settings.TIME_ZONE)
        return tasks.run(at=clock.now(), go_on=lambda: monotonic() < begun + 1800) if nightly or tasks.never_ran() else 0

    # Before the rest of the night, in a queue of its own: a county's backup may take longer than an hour.
    @app.periodic(cron="10 * * * *")
    @app.task(queue="backup", queueing_lock="backup", pass_context=False)
    def take_backup(timestamp: int) -> int:
        """Take the backup of the night, an hour before the rest of it, when a folder for it is named. A failure raises, so that it shows."""
        from careloom.config.nightly import take_apart

        if is_nightly(timestamp=timestamp + 3600, zone_name=settings.TIME_ZONE) and (status := take_apart()):
            raise RuntimeError(f"The process that takes the backup ended with status {status}. See: careloom doctor")
        return 0


def follow_clocks_at(at: datetime) -> None:
    """Escalate late reviews, bounce silent offers to lead, remind of and re-route unanswered referrals, ask about consents that end and
    agreements to review, take agreements that are over out of force, and tell of requests of patients whose time ran out."""
    from careloom.agreements import tasks as agreement_tasks
    from careloom.consents import reviewing
    from careloom.consents import tasks as consent_tasks
    from careloom.following import digests
    from careloom.meetings import tasks as meeting_tasks
    from careloom.messages import tasks as message_tasks
    from careloom.permanency import tasks as permanency_tasks
    from careloom.plans import tasks
    from careloom.plans.referrals import tasks as referral_tasks
    from careloom.portal.actions.reminding import ask_to_look
    from careloom.rights import tasks as rights_tasks
    from careloom.surveys import tasks as survey_tasks
    from careloom.work import escalating, standing_in
    from careloom.work.actions import meet_obligation, open_obligation

    tasks.run(at=at)
    referral_tasks.run(at=at)
    consent_tasks.run(at=at, owe=open_obligation, meet=meet_obligation, tell=ask_to_look)
    reviewing.run(at=at, owe=open_obligation, meet=meet_obligation)
    rights_tasks.run(at=at)
    permanency_tasks.run(at=at)
    message_tasks.run(at=at)
    meeting_tasks.run(at=at)
    agreement_tasks.run(at=at)
    survey_tasks.run(at=at)
    standing_in.lend_again(at=at)
    escalating.run(at=at)
    digests.run(at=at)


def a_day_at(at: datetime) -> None:
    """What a day of jobs does by its evening: the nightly look at families, the batch, and the clocks. For a county that is walked day by day."""
    from careloom.barriers.actions import gather
    from careloom.following import tasks as family_tasks
    from careloom.infra.events.outbox import deliver_pending
    from careloom.notifications.actions import run_batch

    deliver_pending()
    run_batch()
    family_tasks.run(at=at)
    gather(at=at)
    follow_clocks_at(at)
    deliver_pending()


def is_nightly(*, timestamp: int, zone_name: str) -> bool:
    """Whether this instant is 02:10 of its day in the zone. On the day without a 02:10 it is 03:10, and of two 02:10s it is the first."""
    zone = ZoneInfo(zone_name)
    day = datetime.fromtimestamp(timestamp, tz=zone).date()
    return int(datetime.combine(day, time(2, 10), tzinfo=zone).timestamp()) == timestamp
