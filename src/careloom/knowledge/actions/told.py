"""What partners tell of themselves and agree on, each as a next version. Source: R-055, R-069 to R-073, R-079, R-086, R-134, R-229."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership.knowing import GUIDES, PROFILE, QUESTIONS, SETTLED_TOGETHER, ProcessStep, Why
from careloom.kernel.partnership.knowing_rules import letters_of
from careloom.knowledge.models import Agreed, Answer, Matrix, Meaning, Part, Settled, Term
from careloom.partnership.actions.keeping import made, row_of, today, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn

MOST_LETTERS = 4000


@transaction.atomic
def write_profile(
    *, by: Viewer, at: datetime, collaborative_id: UUID, partner_id: UUID, section: str, told: Mapping[str, str], as_of: date, request_key: str
) -> Done | Refused:
    """Write the parts of a section of a partner's profile. A part whose text changed, or that is confirmed on a later day, gets a next version.

    The partner writes it; who runs the collaborative may write what it was told. Refused codes: NOT_ALLOWED, NOTHING, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    partner = row_of(Partner, standing, partner_id)
    if partner is None or not standing.speaks_for(partner_id) or section not in PROFILE:
        return Refused(codes=("NOT_ALLOWED",))
    texts = {part: told.get(part, "").strip()[:MOST_LETTERS] for part in PROFILE[section]}
    codes = wrong({"NOTHING": not any(texts.values()), "LATER_DAY": as_of > today(at)})
    if codes:
        return Refused(codes=codes)
    take_turn(f"profile:{partner_id}")
    newest = {row.part: row for row in Part.objects.filter(partner_id=partner_id, part__in=texts).order_by("version")}
    for part, text in texts.items():
        old = newest.get(part)
        if (old is None and not text) or (old is not None and (old.words, old.as_of) == (text, as_of)):
            continue
        version = old.version + 1 if old else 1
        Part.objects.create(
            collaborative_id=collaborative_id, partner_id=partner_id, part=part, version=version, words=text, as_of=as_of, **made(by, at, request_key)
        )
    record(by=by, at=at, action="knowledge.profile_written", object_id=partner_id, detail={"section": section})
    return Done(row_id=partner_id)


@transaction.atomic
def settle(
    *, by: Viewer, at: datetime, collaborative_id: UUID, part: str, words: str, as_of: date, after: int, request_key: str
) -> Done | Refused | Stale:
    """Write down how partners settled whom they serve, or what success is (R-069).

    Refused codes: NOT_ALLOWED, WORDS, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if not leads(standing) or part not in SETTLED_TOGETHER:
        return Refused(codes=("NOT_ALLOWED",))
    text = words.strip()[:MOST_LETTERS]
    codes = wrong({"WORDS": not text, "LATER_DAY": as_of > today(at)})
    of = {"collaborative_id": collaborative_id, "part": part}
    return next_version(Settled, of, {"words": text, "as_of": as_of}, codes=codes, after=after, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_term(*, by: Viewer, at: datetime, collaborative_id: UUID, name: str, request_key: str) -> Done | Refused:
    """Add a word that partners use. Any member may. Refused codes: NAME, NAME_TAKEN. Raises NotVisible."""
    standing_of(viewer=by, collaborative_id=collaborative_id)
    earlier = Term.objects.filter(collaborative_id=collaborative_id, request_key=request_key).first()
    if earlier is not None:
        return Done(row_id=earlier.pk)
    text = said(name, most=60)
    if not text:
        return Refused(codes=("NAME",))
    try:
        with transaction.atomic():
            row = Term.objects.create(collaborative_id=collaborative_id, name=text, **made(by, at, request_key))
    except IntegrityError:
        return Refused(codes=("NAME_TAKEN",))
    record(by=by, at=at, action="knowledge.term_added", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def put_meaning(
    *, by: Viewer, at: datetime, term_id: UUID, partner_id: UUID, words: str, source: str = "", version: int, request_key: str
) -> Done | Refused | Stale:
    """Say what a word means at a partner (R-072). Refused codes: NOT_ALLOWED, WORDS. Raises NotVisible."""
    term, standing = term_in(by, term_id)
    if row_of(Partner, standing, partner_id) is None or not standing.speaks_for(partner_id):
        return Refused(codes=("NOT_ALLOWED",))
    text = said(words, most=600)
    take_turn(f"meaning:{term_id}:{partner_id}")
    row = Meaning.objects.filter(term_id=term_id, partner_id=partner_id).first()
    if row is not None and row.request_key == request_key:
        return Done(row_id=row.pk)
    if (row.row_version if row else 0) != version:
        return Stale(current=row)
    if not text:
        return Refused(codes=("WORDS",))
    row = row or Meaning(term_id=term.pk, partner_id=partner_id, collaborative_id=term.collaborative_id, row_version=0, **made(by, at, request_key))
    row.words, row.source, row.row_version, row.request_key = text, said(source, most=200), row.row_version + 1, request_key
    row.save()
    record(by=by, at=at, action="knowledge.meaning_said", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def agree(
    *, by: Viewer, at: datetime, term_id: UUID, words: str, plain: str, plain_es: str, agreed_on: date, after: int, request_key: str
) -> Done | Refused | Stale:
    """Agree on what a word means to all; `plain` is what families read (R-072). Refused codes: NOT_ALLOWED, WORDS, LATER_DAY. Raises NotVisible."""
    term, standing = term_in(by, term_id)
    if not leads(standing):
        return Refused(codes=("NOT_ALLOWED",))
    text = said(words, most=600)
    codes = wrong({"WORDS": not text, "LATER_DAY": agreed_on > today(at)})
    values = {
        "words": text, "plain": said(plain, most=300), "plain_es": said(plain_es, most=300), "agreed_on": agreed_on,
        "collaborative_id": term.collaborative_id,
    }  # fmt: skip
    return next_version(Agreed, {"term_id": term_id}, values, codes=codes, after=after, by=by, at=at, request_key=request_key)


@transaction.atomic
def adopt_roles(
    *, by: Viewer, at: datetime, collaborative_id: UUID, cells: Mapping[str, Mapping[str, str]], why: str, words: str, adopted_on: date, after: int,
    request_key: str,
) -> Done | Refused | Stale:  # fmt: skip
    """Adopt the next version of who does what in each step (R-055). `cells`: step -> partner id as text -> letters.

    Refused codes: NOT_ALLOWED, CELLS, EMPTY, WHY, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if not leads(standing):
        return Refused(codes=("NOT_ALLOWED",))
    known = {str(pk) for pk in Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).values_list("pk", flat=True)}
    kept: dict[str, dict[str, str]] = {}
    right = True
    for step in ProcessStep:
        for partner, text in cells.get(step, {}).items():
            letters = letters_of(text)
            right = right and letters is not None and partner in known
            if letters:
                kept.setdefault(step.value, {})[partner] = letters
    codes = wrong(
        {
            "CELLS": not right,
            "EMPTY": right and not kept,
            "WHY": why not in set(Why) or (why == Why.FIRST) != (after == 0),
            "LATER_DAY": adopted_on > today(at),
        }
    )
    values = {"cells": kept, "why": why, "words": said(words, most=300), "adopted_on": adopted_on}
    of = {"collaborative_id": collaborative_id}
    return next_version(Matrix, of, values, codes=codes, after=after, by=by, at=at, request_key=request_key)


@transaction.atomic
def answer(*, by: Viewer, at: datetime, collaborative_id: UUID, guide: str, told: Mapping[int, str], request_key: str) -> Done | Refused:
    """A member's own answers to a guide's questions, by number; she may change them (R-079, R-074).

    Refused codes: NOT_ALLOWED, WORDS. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if guide not in GUIDES or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    texts = {number: said(told.get(number, ""), most=1000) for number in QUESTIONS}
    if not any(texts.values()):
        return Refused(codes=("WORDS",))
    take_turn(f"answer:{collaborative_id}:{by.worker_id}")
    rows = {row.question: row for row in Answer.objects.filter(collaborative_id=collaborative_id, guide=guide, worker_id=by.worker_id)}
    partner_id = min(standing.partner_ids, default=None, key=str)
    for number, text in texts.items():
        row = rows.get(number)
        if row is None and text:
            key = made(by, at, request_key)
            Answer.objects.create(
                collaborative_id=collaborative_id, guide=guide, question=number, worker_id=by.worker_id, partner_id=partner_id, words=text, **key
            )
        elif row is not None and row.words != text:
            row.words, row.row_version = text, row.row_version + 1
            row.save(update_fields=["words", "row_version"])
    record(by=by, at=at, action="knowledge.guide_answered", object_id=collaborative_id, detail={"guide": guide})
    return Done(row_id=collaborative_id)


def leads(standing: Standing) -> bool:
    """Whether somebody may write what all adopt: who runs the collaborative, and the officers of its bodies."""
    return standing.runs or bool(standing.officer_of)


def term_in(by: Viewer, term_id: UUID) -> tuple[Term, Standing]:
    """A word with how `by` stands to its collaborative. Raises NotVisible."""
    term = Term.objects.filter(pk=term_id).first()
    standing = standing_of(viewer=by, collaborative_id=term.collaborative_id if term else term_id)
    if term is None:
        raise NotVisible
    return term, standing


def next_version(
    model: type[Any], of: dict[str, Any], values: dict[str, Any], *, codes: tuple[str, ...], after: int, by: Viewer, at: datetime, request_key: str
) -> Done | Refused | Stale:
    """Add the version after number `after`; earlier ones stay as they are."""
    take_turn(f"{model._meta.db_table}:{sorted(of.items())}")
    newest = model.objects.filter(**of).order_by("-version").first()
    if newest is not None and newest.request_key == request_key:
        return Done(row_id=newest.pk)
    if (newest.version if newest else 0) != after:
        return Stale(current=newest)
    if codes:
        return Refused(codes=codes)
    row = model.objects.create(version=after + 1, **of, **values, **made(by, at, request_key))
    record(by=by, at=at, action=f"knowledge.{model._meta.model_name}_adopted", object_id=row.pk)
    return Done(row_id=row.pk)
