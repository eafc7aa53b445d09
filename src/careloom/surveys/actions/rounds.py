"""Opening a round, reminding, printing codes, closing it, and what is made of it. Source: workflow 6.13; R-045, R-048, R-075, R-139, R-216, R-226."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from secrets import SystemRandom
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.infra.keys import KeyProblem
from careloom.kernel.clocks import add_months
from careloom.kernel.partnership.anonymity import kept_groups
from careloom.kernel.partnership.opinions import SCALE, UNSURE
from careloom.partnership.actions.keeping import made, put, today, wrong
from careloom.partnership.models import Body, Partner
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn
from careloom.partnership.words import SECTORS, TIERS
from careloom.surveys import secrecy
from careloom.surveys.facts import RoundFacts
from careloom.surveys.instruments import KINDS, items_of, shipped
from careloom.surveys.models import Box, ItemSet, Remark, Rhythm, Round, Spent, Taken, Tally
from careloom.surveys.words import PARTS

MOST_CODES, MOST_REMINDERS, LONGEST, SOONEST = 200, 2, timedelta(days=183), timedelta(days=28)
CLOSED = ("CLOSED", "ANALYSED", "DISCUSSED", "ACTIONS", "REPEATED")


def may_ask(standing: Standing, partner_id: UUID | None) -> bool:
    """Who asks: who runs the collaborative, an officer of one of its bodies as facilitator, and a practice about itself."""
    return standing.runs or bool(standing.officer_of) or (partner_id is not None and partner_id in standing.partner_ids)


@transaction.atomic
def open_round(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: RoundFacts, request_key: str) -> Done | Refused | Stale:
    """Open a round, at the earliest four weeks after what was counted last: two countings of nearly the same people, one after the other, would tell
    by their difference what those thought who came or went.

    Refused codes: NOT_ALLOWED, KIND, CLOSES_ON, INVITED, PARTNER, ITEM_SET, FOLLOWS, OPEN_ALREADY, TOO_SOON. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(f"surveys:{collaborative_id}")
    earlier = Round.objects.filter(collaborative_id=collaborative_id, request_key=request_key).first()
    if earlier is not None:
        return Done(row_id=earlier.pk)
    if not may_ask(standing, facts.partner_id if facts.kind == "PRACTICE" else None):
        return Refused(codes=("NOT_ALLOWED",))
    if facts.kind not in KINDS:
        return Refused(codes=("KIND",))
    partner = Partner.objects.filter(pk=facts.partner_id, collaborative_id=collaborative_id, left_on=None).first() if facts.partner_id else None
    items = ItemSet.objects.filter(pk=facts.item_set_id, collaborative_id=collaborative_id, kind=facts.kind).first() if facts.item_set_id else None
    past = Round.objects.filter(pk=facts.follows_id, collaborative_id=collaborative_id, kind=facts.kind, state__in=CLOSED).first()
    open_now = Round.objects.filter(collaborative_id=collaborative_id, kind=facts.kind, partner=partner, state="OPEN")
    counted = Round.objects.filter(collaborative_id=collaborative_id, kind=facts.kind, partner=partner, closed_on__gt=today(at) - SOONEST)
    counted = counted.exclude(answers=None)
    definition = items.definition | {"title": items.title, "version": items.version} if items else shipped()[facts.kind]
    day = today(at)
    codes = wrong(
        {
            "CLOSES_ON": not day < facts.closes_on <= day + LONGEST,
            "INVITED": not definition["least"] <= facts.invited <= 5000,
            "PARTNER": (facts.kind == "PRACTICE") != (partner is not None),
            "ITEM_SET": facts.item_set_id is not None and items is None,
            "FOLLOWS": facts.follows_id is not None and past is None,
            "OPEN_ALREADY": open_now.exists(),
            "TOO_SOON": counted.exists(),
        }
    )
    values = {
        "kind": facts.kind, "definition": definition, "title": definition["title"], "partner": partner, "least": definition["least"],
        "choices": _choices(collaborative_id, definition["groups"], partner), "opened_on": day, "closes_on": facts.closes_on,
        "invited": facts.invited, "follows": past,
    }  # fmt: skip
    answer = put(Round, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(answer, Done):
        Box.objects.create(round_id=answer.row_id, sealed=secrecy.seal_box(answer.row_id, []))
        Spent.objects.create(round_id=answer.row_id)
        Taken.objects.create(round_id=answer.row_id)
        if past is not None:
            Round.objects.filter(pk=past.pk).update(state="REPEATED", row_version=past.row_version + 1)
    return answer


def _choices(collaborative_id: UUID, groups: list[str], partner: Partner | None) -> dict[str, list[list[str]]]:
    """What somebody may say of her group, as the collaborative is now."""
    partners = Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("name")[:200]
    sites = [[str(row.pk), row.name] for row in partners if partner is None or row.pk == partner.pk]
    tiers = Body.objects.filter(collaborative_id=collaborative_id, ends_on=None).values_list("tier", flat=True)
    known = {
        "agency": sites, "site": sites, "discipline": [[code, str(words)] for code, words in SECTORS.items()],
        "tier": [[code, str(words)] for code, words in TIERS.items() if code in set(tiers)],
        "part": [[code, str(words)] for code, words in PARTS.items()],
    }  # fmt: skip
    # A practice that families are asked about is one site: it would divide nobody.
    return {name: known[name] for name in groups if not (name == "site" and partner is not None)}


def round_to_change(*, by: Viewer, round_id: UUID) -> tuple[Round, bool]:
    """A round for somebody who may ask, locked, and whether she may. Raises NotVisible."""
    row = Round.objects.select_for_update().filter(pk=round_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else round_id)
    if row is None:
        raise NotVisible
    return row, may_ask(standing, row.partner_id if row.kind == "PRACTICE" else None)


@transaction.atomic
def remind(*, by: Viewer, at: datetime, round_id: UUID) -> Done | Refused:
    """Keep that everybody was reminded; the room shows it to each member alike, so nobody learns who has not answered.

    Refused codes: NOT_ALLOWED, NOT_OPEN, TWICE_REMINDED. Raises NotVisible.
    """
    row, may = round_to_change(by=by, round_id=round_id)
    day = today(at)
    codes = wrong(
        {
            "NOT_ALLOWED": not may,
            "NOT_OPEN": row.state != "OPEN",
            "TWICE_REMINDED": len(row.reminded_on) >= MOST_REMINDERS and day not in row.reminded_on,
        }
    )
    if codes:
        return Refused(codes=codes[:1])
    if day not in row.reminded_on:
        row.reminded_on = [*row.reminded_on, day]
        row.save(update_fields=["reminded_on"])
        record(by=by, at=at, action="surveys.reminded", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def print_codes(*, by: Viewer, at: datetime, round_id: UUID, number: int) -> list[str] | Refused:
    """Codes for people who do not sign in, to hand out folded. Only how many is kept. Refused codes: NOT_ALLOWED, NOT_OPEN, HOW_MANY."""
    row, may = round_to_change(by=by, round_id=round_id)
    codes = wrong({"NOT_ALLOWED": not may, "NOT_OPEN": row.state != "OPEN", "HOW_MANY": not 1 <= number <= MOST_CODES})
    if codes:
        return Refused(codes=codes[:1])
    row.issued += number
    row.save(update_fields=["issued"])
    record(by=by, at=at, action="surveys.codes_printed", object_id=row.pk, detail={"number": number})
    return [secrecy.a_code(row.pk) for _each in range(number)]


@transaction.atomic
def close_round(*, by: Viewer, at: datetime, round_id: UUID) -> Done | Refused:
    """Count the answers by groups that are large enough, empty the box and destroy its key. Refused codes: NOT_ALLOWED. Raises NotVisible.

    With fewer answers than `least` nothing is counted and not even their number is kept.
    """
    row, may = round_to_change(by=by, round_id=round_id)
    if not may:
        return Refused(codes=("NOT_ALLOWED",))
    if row.state == "OPEN":
        count(row, by=by, at=at)
    return Done(row_id=row.pk)


def count(row: Round, *, by: Viewer, at: datetime) -> None:
    """Close an open round, which the caller holds locked. A box that no key opens any more (the key was lost) counts as empty."""
    take_turn(f"surveys:{row.pk}")  # before any row of the round, as who answers does: whoever came first is finished
    box = Box.objects.select_for_update().get(round=row)
    try:
        sheets = secrecy.open_box(row.pk, box.sealed)
    except KeyProblem:
        sheets = []
    if len(sheets) >= row.least:
        tally(row, sheets)
        row.answers = len(sheets)
    for held in (Box, Spent, Taken):
        held._default_manager.filter(round=row).delete()
    row.state, row.closed_on, row.row_version = "CLOSED", today(at), row.row_version + 1
    row.save(update_fields=["state", "closed_on", "answers", "row_version"])
    _next_time(row, by=by, at=at)
    record(by=by, at=at, action="surveys.round_closed", object_id=row.pk)
    transaction.on_commit(lambda: secrecy.destroy_key(row.pk))


def tally(row: Round, sheets: list[secrecy.Sheet]) -> None:
    """Write how often each answer was given, by all and by groups large enough, all rows at once and shuffled."""
    labels = kept_groups([sheet["groups"] for sheet in sheets], order=row.definition["groups"], least=row.least)
    votes = {f"vote:{section['code']}" for section in row.definition["sections"]} if row.definition.get("votes") else set()
    cells: Counter[tuple[str, str, str, int]] = Counter()
    for place, sheet in enumerate(sheets):
        given = {**sheet["answers"], **{name: int(name[5:] in sheet["votes"]) for name in votes}}
        for item, answer in given.items():
            cells["", "", item, answer] += 1
            for dimension, groups in labels.items():
                cells[dimension, groups[place], item, answer] += 1
    rows = [Tally(round=row, dimension=d, group=g, item=i, answer=a, number=n) for (d, g, i, a), n in cells.items()]
    remarks = [Remark(round=row, words=sheet["words"]) for sheet in sheets if sheet["words"]]
    SystemRandom().shuffle(rows)
    SystemRandom().shuffle(remarks)
    Tally.objects.bulk_create(rows)
    Remark.objects.bulk_create(remarks)


def _next_time(row: Round, *, by: Viewer, at: datetime) -> None:
    """When it is asked again: after the months that were agreed, or those of the questionnaire."""
    if row.partner_id is not None:
        return
    kept = Rhythm.objects.filter(collaborative_id=row.collaborative_id, kind=row.kind).first()
    months = kept.every_months if kept else int(row.definition["every_months"])
    next_on = add_months(start=today(at), months=months)
    if kept:
        kept.next_on = next_on
        kept.save(update_fields=["next_on"])
    else:
        Rhythm.objects.create(
            collaborative_id=row.collaborative_id, kind=row.kind, every_months=months, next_on=next_on, **made(by, at, f"after:{row.pk}")
        )


@transaction.atomic
def analyse(*, by: Viewer, at: datetime, round_id: UUID, reading: str, principles: str = "") -> Done | Refused:
    """Keep what was read in the answers and the draft of shared principles. Refused codes: NOT_ALLOWED, NOT_CLOSED, TOO_FEW, READING."""
    row, may = round_to_change(by=by, round_id=round_id)
    codes = wrong(
        {
            "NOT_ALLOWED": not may,
            "NOT_CLOSED": row.state == "OPEN",
            "TOO_FEW": row.state != "OPEN" and row.answers is None,
            "READING": not reading.strip(),
        }
    )
    if codes:
        return Refused(codes=codes)
    row.reading, row.principles = reading.strip()[:8000], principles.strip()[:8000]
    return _moved(row, "ANALYSED", ("reading", "principles"), by=by, at=at)


@transaction.atomic
def discuss(*, by: Viewer, at: datetime, round_id: UUID, on: date, where: str, words: str) -> Done | Refused:
    """Keep that a meeting spoke about it. Refused codes: NOT_ALLOWED, NOT_CLOSED, DISCUSSED_ON, DISCUSSED. Raises NotVisible."""
    row, may = round_to_change(by=by, round_id=round_id)
    codes = wrong(
        {
            "NOT_ALLOWED": not may,
            "NOT_CLOSED": row.state == "OPEN",
            "DISCUSSED_ON": row.closed_on is not None and not row.closed_on <= on <= today(at),
            "DISCUSSED": not words.strip(),
        }
    )
    if codes:
        return Refused(codes=codes)
    row.discussed_on, row.discussed_where, row.discussed = on, said(where, most=120), words.strip()[:8000]
    return _moved(row, "DISCUSSED", ("discussed_on", "discussed_where", "discussed"), by=by, at=at)


def _moved(row: Round, state: str, changed: tuple[str, ...], *, by: Viewer, at: datetime) -> Done:
    if CLOSED.index(state) > CLOSED.index(row.state):
        row.state = state
    row.row_version += 1
    row.save(update_fields=[*changed, "state", "row_version"])
    record(by=by, at=at, action=f"surveys.round_{state.lower()}", object_id=row.pk)
    return Done(row_id=row.pk)


def valid(row: Round, sheet: secrecy.Sheet) -> bool:
    """Whether a sheet answers each item once, with groups and votes that the round knows."""
    answers, votes = sheet["answers"], sheet["votes"]
    groups = all(not value or value in {code for code, _words in row.choices.get(name, ())} for name, value in sheet["groups"].items())
    sections = {section["code"] for section in row.definition["sections"]}
    known = {item["id"] for item in items_of(row.definition)}
    most = int(row.definition.get("votes", 0))
    return answers.keys() == known and set(answers.values()) <= {UNSURE, *SCALE} and groups and set(votes) <= sections and len(set(votes)) <= most
