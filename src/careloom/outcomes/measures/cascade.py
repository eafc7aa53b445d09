"""The cascade: notified, planned, referred, accepted, started, kept 90 days, goal met; each a share of the step before, with reasons of loss (O6).

A notified infant has reached a step when any need of the family reached it in the pregnancy or the first two years. The steps are nested: who is in
service was accepted, whether or not somebody wrote that down. Every lost infant has one reason, the latest that is known where the furthest way
ended, so losses add up.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import later
from careloom.outcomes.measures.infants import notified, soonest
from careloom.outcomes.measures.joins import known_of, with_home
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, because, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.vocabulary import STEPS
from careloom.outcomes.measures.windows import Window

PREGNANCY_DAYS = 300  # a step so long before birth may belong to this pregnancy
FOLLOWED_DAYS = 730
_KEPT_DAYS = 90
GOAL = STEPS.index("goal_met")
_PLANNED, STARTED = STEPS.index("planned"), STEPS.index("started")


def reached(
    extract: Extract, windows: Sequence[Window], *, step: str, of: str = "notified", needs: Sequence[str] = (), with_plan: bool = True
) -> ir.Table:
    """Notified infants who reached `of`, and how many reached `step`. Rows carry `reason`.

    `needs` narrows it to ways for those needs (early intervention). Without `with_plan` a step counts though there is no plan: the federal
    count of referrals asks for none (42 U.S.C. 5106a(d)(18)(C)).
    """
    infants = notified(extract, windows)
    ways = family_steps(extract, infants, needs=needs)
    furthest = _furthest(ways)
    first_start = ways.filter(ways.rank == STARTED).group_by(IN_WINDOW).agg(started_on=lambda t: t.on_date.min())
    planned = soonest(extract["plans"], "planned_on")
    rows = known_of(known_of(known_of(infants, furthest, IN_WINDOW), first_start, IN_WINDOW), planned, SUBJECT)
    has_plan = rows.planned_on.notnull() & (rows.cutoff_on.isnull() | (rows.planned_on <= rows.cutoff_on))
    told = rows.furthest.fill_null(0)
    # Without a plan the way ended at the notification; with one it went at least so far.
    got = ibis.ifelse(has_plan, ibis.greatest(told, _PLANNED), 0) if with_plan else told
    rows = rows.mutate(got=got.cast("int64"))
    counted = rows.filter(rows.got >= STEPS.index(of))
    met = counted.got >= STEPS.index(step)
    kept = STEPS.index(step) == STEPS.index("kept_90")
    unripe = (later(counted.started_on, days=_KEPT_DAYS) > counted.cutoff_on) & ~met if kept else None
    return because(share(counted, met=met, unripe=unripe), of=_reasons(extract, rows, ways))


def _furthest(ways: ir.Table) -> ir.Table:
    """The furthest step of any need. A goal that was met without a service is good news, and no step of this way."""
    needs = ways.group_by([*IN_WINDOW, "need"]).agg(
        served=ibis.ifelse(ways.rank < GOAL, ways.rank, 0).max(), goal=(ways.rank == GOAL).cast("int64").max()
    )  # fmt: skip
    needs = needs.mutate(reached=ibis.ifelse((needs.goal == 1) & (needs.served >= STARTED), GOAL, needs.served).cast("int64"))
    return needs.group_by(IN_WINDOW).agg(furthest=needs.reached.max())


def family_steps(extract: Extract, infants: ir.Table, *, needs: Sequence[str] = ()) -> ir.Table:
    """The steps of each infant's family around this birth that are known by the cut-off: IN_WINDOW, on_date, seq, need, rank, lost_because.

    `infants` are rows in windows with `born_on`, `on_date` (the notification) and `cutoff_on`.
    """
    steps = extract["steps"]
    if needs:
        steps = steps.filter(steps.need.isin(list(needs)))
    rank = ibis.cases(*((steps.step == name, place) for place, name in enumerate(STEPS)), else_=0)
    told = with_home(steps.mutate(rank=rank.cast("int64")), extract["subjects"])
    told = told.select("realm", "home", step_on=told.on_date, step_seq=told.seq, need=told.need, rank=told.rank, lost_because=told.lost_because)
    born = with_home(infants, extract["subjects"]).mutate(around=lambda t: t.born_on.coalesce(t.on_date))
    pairs = born.select(*IN_WINDOW, "home", "around", "cutoff_on").join(told, ["realm", "home"])
    near = (later(pairs.step_on, days=PREGNANCY_DAYS) >= pairs.around) & (pairs.step_on <= later(pairs.around, days=FOLLOWED_DAYS))
    known = pairs.cutoff_on.isnull() | (pairs.step_on <= pairs.cutoff_on)
    return pairs.filter(near & known).select(
        *IN_WINDOW, "need", "rank", "lost_because", on_date=pairs.step_on, seq=pairs.step_seq, home=pairs.home
    )  # fmt: skip


def _reasons(extract: Extract, rows: ir.Table, ways: ir.Table) -> ir.Table:
    """One reason for each infant: what was said last where the way ended; else that the infant died or moved away."""
    ended = ways.filter(ways.lost_because.notnull()).join(rows.select(*IN_WINDOW, "got"), IN_WINDOW)
    ended = ended.filter(ended.rank == ended.got)
    last = ibis.window(group_by=IN_WINDOW, order_by=[ended.on_date.desc(), ended.seq.desc(), ended.lost_because])
    said = ended.mutate(place=ibis.row_number().over(last)).filter(lambda t: t.place == 0).select(*IN_WINDOW, said=lambda t: t.lost_because)
    gone = extract["losses"].group_by(SUBJECT).agg(died=lambda t: (t.reason == "death").any(), gone_on=lambda t: t.on_date.min())
    both = known_of(known_of(rows, said, IN_WINDOW), gone, SUBJECT)
    left = both.gone_on.notnull() & (both.cutoff_on.isnull() | (both.gone_on <= both.cutoff_on))
    away = ibis.cases((left & both.died, "DIED"), (left, "MOVED_OUT_OF_STATE"), else_=ibis.null("string"))
    return both.select(*IN_WINDOW, reason=both.said.coalesce(away))
