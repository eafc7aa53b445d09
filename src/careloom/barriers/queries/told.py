"""What families and those who work with them read of answers. It names nobody, holds no collaborative's rooms open, and is for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from careloom.barriers.models import Barrier, Step
from careloom.changes.models import GuidanceVersion
from careloom.kernel.partnership.barrier import Deed, Source
from careloom.kernel.partnership.vocabulary import plain_place

MOST = 200
Met = tuple[str, str, str]  # a county, a kind of service, a cause


@dataclass(frozen=True, kw_only=True)
class Told:
    """Where something stands that families met: the state, the plain answer in both languages, the day of the newest, and guidance in force."""

    state: str
    plain: str
    plain_es: str
    answered_on: date | None
    guidance: tuple[str, ...]


def told_about(met: Iterable[Met]) -> dict[Met, Told]:
    """What became of what families met, by county, service and cause; nothing for what is in no register yet. Four queries.

    No plan is asked for and nothing is kept of who asked: the answer to one family is the answer to all who met the same.
    """
    keys = {key: (plain_place(key[0]), key[1], key[2]) for key in met}
    if not keys:
        return {}
    rows = Barrier.objects.filter(source=Source.FAMILIES, county__in={key[0] for key in keys.values()}, cause__in={key[2] for key in keys.values()})
    newest = {(row.county, row.service, row.cause): row for row in rows.select_related("joined_to").order_by("raised_on", "pk")[:MOST]}
    leads = {key: row.joined_to or row for key, row in newest.items()}
    ids = [row.pk for row in leads.values()]
    days = dict(Step.objects.filter(barrier__in=ids, deed=Deed.TELL).order_by().values_list("barrier_id").annotate(Max("on")))
    titles: dict[object, list[str]] = {}
    issued = GuidanceVersion.objects.filter(guidance__barrier_id__in=ids, state="ISSUED").select_related("guidance").order_by("issued_on")
    for one in issued:
        titles.setdefault(one.guidance.barrier_id, []).append(one.guidance.title)
    return {
        key: Told(
            state=leads[kept].state, plain=leads[kept].plain, plain_es=leads[kept].plain_es,
            answered_on=days.get(leads[kept].pk) if leads[kept].plain else None, guidance=tuple(titles.get(leads[kept].pk, ())),
        )
        for key, kept in keys.items()
        if kept in leads
    }  # fmt: skip
