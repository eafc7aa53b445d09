"""Proposed measures in words: the list, and one with its test and what was decided (R-084)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from careloom.aims.models import Proposal
from careloom.aims.queries import Proposed
from careloom.aims.words import BECOMES, FACET_ASKS, FACETS, GOALS, JUDGED, KINDS, RESULTS, STATES, VERDICTS, WHOM
from careloom.commons.indicators import indicator_words
from careloom.commons.presenters.blocks import Block, Line
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.commons.presenters.noted import mark_of, told_of
from careloom.infra.ui.components import Status
from careloom.kernel.indicators.quality import Facet, Verdict

STATE_TONES: dict[str, Any] = {"PROPOSED": "wait", "ADOPTED": "done", "NOT_ADOPTED": "late", "PUT_OFF": ""}
JUDGED_TONES: dict[str, Any] = {"YES": "done", "PARTLY": "wait", "NO": "late"}
VERDICT_TONES: dict[Verdict, Any] = {Verdict.OPEN: "", Verdict.FIT: "done", Verdict.WITH_CARE: "wait", Verdict.UNFIT: "late"}


def list_blocks(found: tuple[Proposed, ...], *, for_pack: tuple[Proposal, ...]) -> list[Block]:
    """Every proposal with where it stands; for who writes definitions also what committees want defined."""
    lines = tuple(
        Line(
            head=one.row.name, url=reverse("commons:measure", args=[one.row.collaborative_id, one.row.pk]), states=_states(one),
            notes=(one.row.question, _("Proposed by %(who)s, %(day)s") % {"who": one.row.proposed_by, "day": day(one.row.made_at)}),
        )
        for one in found
    )  # fmt: skip
    empty = _("Nobody has proposed a measure yet. Is there something that families would count and we do not?")
    blocks = [Block(key="proposed", head=_("Proposed measures"), lines=lines, empty=empty)]
    if for_pack:
        wanted = tuple(Line(head=row.name, notes=(row.question, row.collaborative.name)) for row in for_pack)
        blocks.append(Block(key="pack", head=_("To be defined for every place"), lines=wanted))
    return blocks


def _states(one: Proposed) -> tuple[Status, ...]:
    state = Status(words=str(STATES[one.row.state]), tone=STATE_TONES[one.row.state])
    noted = mark_of(one.rulings[0][1]) if one.rulings else None
    test = Status(words=str(VERDICTS[one.verdict]), tone=VERDICT_TONES[one.verdict])
    return (state, *((noted,) if noted else ()), test)


def one_page(one: Proposed, *, may_aim: bool) -> dict[str, Any]:
    """A proposal: what it asks, its test, what was decided, and what was judged before. `may_aim`: whether the reader may make it an aim."""
    row, pk = one.row, one.row.collaborative_id
    asked = [
        Line(head=_("What it asks"), notes=(row.question,)), Line(head=_("What is counted"), notes=(row.counted,)),
        Line(head=_("Among whom"), notes=(row.among,)), Line(head=_("From which data"), notes=(row.source,)),
        Line(head=_("What it speaks of"), notes=(f"{WHOM[row.whom]}. {KINDS[row.kind]}. {GOALS[row.goal]}.",)),
        Line(head=_("Why it would be better"), notes=(row.why,)),
    ]  # fmt: skip
    if row.instead_of:
        asked.append(Line(head=_("It would replace or sharpen"), notes=(indicator_words(row.instead_of),)))
    test = tuple(_facet_line(one, facet, pk) for facet in Facet)
    rulings = tuple(
        Line(
            head=str(RESULTS[ruling.result]), states=(mark,) if (mark := mark_of(noted)) else (),
            notes=tuple(
                text for text in (
                    _("%(body)s, %(day)s") % {"body": ruling.body.name, "day": day(ruling.decided_on)}, ruling.why,
                    str(BECOMES[ruling.becomes]) if ruling.becomes else "",
                    _("The test said then: %(verdict)s.") % {"verdict": VERDICTS[ruling.verdict]}, told_of(noted),
                ) if text
            ),
        )
        for ruling, noted in one.rulings
    )  # fmt: skip
    standing = {quality.pk for quality in one.judged.values()}
    before = tuple(
        Line(head=f"{FACETS[old.facet]}: {JUDGED[old.judged]}", notes=(old.evidence, f"{old.judged_by}, {day(old.on)}"))
        for old in one.qualities
        if old.pk not in standing
    )
    decide = (link(_("Write down what was decided"), "measure_decide", pk, row.pk, kind="outline"),) if one.may_rule else ()
    blocks = [
        Block(key="asked", head=_("The measure"), lines=tuple(asked)),
        Block(key="test", head=_("Is it good enough?"), lede=str(VERDICTS[one.verdict]) + ".", lines=test),
        Block(key="decided", head=_("What was decided"), lines=rulings, empty=_("No committee has decided yet."), buttons=decide),
    ]
    blocks += [Block(key="before", head=_("Judged before"), lines=before)] if before else []
    buttons = (link(_("Change it"), "measure_edit", pk, row.pk, kind="outline"),) if one.may_work else ()
    adopted = one.rulings[0][0] if one.rulings and row.state == "ADOPTED" else None
    if adopted is not None and adopted.becomes == "AIM" and may_aim:
        buttons = (link(_("Make it an aim"), "aim_new", pk, kind="solid", query=f"?proposal={row.pk}"),)
    return {"title": row.name, "states": _states(one), "blocks": blocks, "buttons": buttons}


def _facet_line(one: Proposed, facet: Facet, pk: UUID) -> Line:
    judged = one.judged.get(facet)
    state = Status(words=str(JUDGED[judged.judged]), tone=JUDGED_TONES[judged.judged]) if judged else Status(words=_("Not judged yet"))
    notes = (str(FACET_ASKS[facet]), *((judged.evidence, f"{judged.judged_by}, {day(judged.on)}") if judged else ()))
    words = _("Judge it again") if judged else _("Judge it")
    name = str(FACETS[facet])
    links = (link(words, "measure_judge", pk, one.row.pk, facet.value.lower().replace("_", "-"), hidden=name),) if one.may_work else ()
    return Line(head=name, states=(state,), notes=notes, links=links)
