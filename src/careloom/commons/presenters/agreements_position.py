"""The integration position as a working agreement has it. Source: Guidance 19, section 3; R-193, R-195, R-196, R-200, R-203, R-219, R-228."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.agreements.queries import Whole
from careloom.agreements.queries.counting import ADMITS, DISCHARGES
from careloom.agreements.words import TABLES
from careloom.infra.packs import current_pack
from careloom.infra.ui.components import Fact, Facts
from careloom.kernel.partnership.agreements import eligible
from careloom.partnership.queries import Rooms


def position_context(rooms: Rooms, whole: Whole, *, known: list[str], asked: bool) -> dict[str, Any]:
    """The page of the position; with `asked`, which conditions a family that meets `known` does not meet."""
    written, checklist = whole.written, whole.written.checklist
    population, skills = checklist.clause("position_population"), checklist.clause("position_skills")
    assert population is not None
    assert skills is not None
    chosen = written.clauses["position_population"].codes if "position_population" in written.clauses else []
    has = written.clauses["position_skills"].codes if "position_skills" in written.clauses else []
    lacks = eligible(conditions=chosen, known=known)
    position, language = current_pack().following.position, get_language() or "en"
    all_reasons = tuple(one.code for one in position.discharge_reasons)
    told = {code: _said(whole, f"position_{code}") for code in ("outline", "label", "owner", "planners", "definitions", "provider", "handover")}
    facts = [
        Fact(label=_("Answers for it"), value=told["owner"]), Fact(label=_("Plan it with them"), value=told["planners"]),
        Fact(label=_("In the state system"), value=told["label"]),
    ]  # fmt: skip
    return {
        "rooms": rooms, "collaborative": rooms.standing.collaborative, "row": whole.row, "runs": rooms.standing.runs, "told": told,
        "facts": Facts(items=tuple(one for one in facts if one.value)), "asked": asked,
        "lacks": [population.options[code] for code in lacks if code in population.options],
        "population": [{"code": code, "words": population.options[code], "known": code in known} for code in chosen if code in population.options],
        "skills": [{"words": text, "has": code in has} for code, text in skills.options.items()],
        "sites": [one for one in written.lines if one.table == "SITE"], "holders": [one for one in written.lines if one.table == "HOLDER"],
        "site_columns": TABLES["SITE"], "holder_columns": TABLES["HOLDER"], "definition": counted_words(whole),
        "admits": [one.label(language) for one in position.contact_types if one.code in _chosen(whole, ADMITS, position.admits_on)],
        "discharges": [one.label(language) for one in position.discharge_reasons if one.code in _chosen(whole, DISCHARGES, all_reasons)],
    }  # fmt: skip


def _said(whole: Whole, code: str) -> str:
    clause = whole.written.checklist.clause(code)
    return whole.written.words(clause) if clause else ""


def _chosen(whole: Whole, code: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """What the agreement says as it is written, or the pack where it says nothing yet."""
    return tuple(whole.written.clauses[code].codes) if code in whole.written.clauses else otherwise


def counted_words(whole: Whole) -> str:
    """The definition by which episodes of its parties' agencies are counted: the version that was signed, or the pack's before one was."""
    version = current_pack().following.position.version
    in_force = whole.row.number and whole.row.ended_at is None
    return _("%(pack)s, agreement %(n)s") % {"pack": version, "n": whole.row.number} if in_force else version
