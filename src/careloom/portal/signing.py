"""What each agency wrote in her plan, for her to read, sign or disagree with on her own phone (F11, F34, J4.9).

INVARIANT: she signs only what her page shows in full. Where a line holds a word that her pages never show, the page shows it when she says that
she is alone, and only then has a place for her name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from careloom.agencies.queries import agencies_by_id
from careloom.infra.access.accounting import account
from careloom.kernel.plan import ItemKind
from careloom.plans.actions.sections import content_of
from careloom.plans.models import OPEN_STATES, HerView, PlanOfSafeCare, SectionCheck, SectionSignature, SectionText, SignedLine
from careloom.plans.presenters.her_sections import question_words, section_name, stands_words, thing_words
from careloom.plans.queries.sections import HerSections, her_sections
from careloom.plans.template_body import SectionNow, sections_of
from careloom.portal import words
from careloom.portal.door import Her
from careloom.portal.pages import Plan, plan_of
from careloom.portal.presenters import language, local, short_day

IN_SECTIONS = frozenset({ItemKind.TEXT.value, ItemKind.CHECK.value})


@dataclass(frozen=True, kw_only=True)
class SignLine:
    """One thing that somebody wrote. `before` is what it said when she signed; `new` that it came after; `private` that it shows when asked."""

    kind: str
    item_id: UUID
    who: str
    day: str
    asks: str
    text: str
    mine: bool
    private: bool
    before: str = ""
    new: bool = False
    changed: bool = False
    views: tuple[HerView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signature of the family: the day, the version of the plan, and whether the words changed since."""

    name: str
    day: str
    version: int


@dataclass(frozen=True, kw_only=True)
class SignSection:
    """One section. `stands`: NEW (she has not signed), SIGNED, CHANGED (after she signed), SAID (she wrote her view and has not signed)."""

    code: str
    name: str
    lines: tuple[SignLine, ...]
    stands: str
    approved: bool
    signed: tuple[Signed, ...]

    @property
    def private(self) -> bool:
        """Whether part of it shows only when she asks."""
        return any(line.private for line in self.lines)

    @property
    def waits(self) -> bool:
        """Whether her team asks her to read and sign it now: an agency approved it, and her last word is older."""
        return self.approved and self.stands in {"NEW", "CHANGED"}


@dataclass(frozen=True, kw_only=True)
class SignPage:
    """All sections that somebody wrote in."""

    plan: PlanOfSafeCare | None
    sections: tuple[SignSection, ...]
    may_sign: bool = False

    def section(self, code: str) -> SignSection | None:
        """One of them."""
        return next((one for one in self.sections if one.code == code), None)

    def line(self, kind: str, item_id: UUID) -> tuple[SignSection, SignLine] | None:
        """One line with its section."""
        return next(((s, line) for s in self.sections for line in s.lines if (line.kind, line.item_id) == (kind, item_id)), None)


def sign_page(*, her: Her, at: datetime, place: str, alone: str = "") -> SignPage:
    """Every section with what stands in it, accounted. `alone` is the section whose private lines she asked to see."""
    found = plan_of(her=her)
    if found is None:
        return SignPage(plan=None, sections=())
    rows = her_sections(viewer=her.viewer, plan_id=found.plan.pk)
    account(viewer=her.viewer, place=place, rows=[found.plan, *rows.rows(), *found.views], at=at)
    return SignPage(plan=found.plan, sections=_sections(found, rows, her=her, alone=alone), may_sign=found.plan.status in OPEN_STATES)


def waiting(*, her: Her, plan: Plan | None) -> int:
    """How many sections wait for her name; for the home page, which accounts nothing of them because it shows nothing of them."""
    if plan is None or plan.plan.status not in OPEN_STATES:
        return 0
    return sum(one.waits for one in _sections(plan, her_sections(viewer=her.viewer, plan_id=plan.plan.pk), her=her, alone=""))


def seen(*, plan: PlanOfSafeCare, section: str) -> str:
    """The fingerprint of what this page shows, which her signature names."""
    return content_of(plan=plan, section=section)


def _sections(found: Plan, rows: HerSections, *, her: Her, alone: str) -> tuple[SignSection, ...]:
    agencies = {pk: words.agency_words(one.kind) for pk, one in agencies_by_id(ids={row.holder_id for row in (*rows.texts, *rows.checks)}).items()}
    made = (_section(one, found, rows, agencies, mine=her.principal.pk, alone=one.code == alone) for one in sections_of(found.plan))
    return tuple(one for one in made if one.lines)


def _section(section: SectionNow, found: Plan, rows: HerSections, agencies: dict[UUID, str], *, mine: UUID, alone: bool) -> SignSection:
    signatures = [row for row in reversed(rows.signatures) if row.section == section.code]
    family = [row for row in signatures if row.who == "FAMILY"]
    own = next((row for row in family if row.holder_id == mine), None)
    kept = {line.item_id: line for line in rows.signed_lines if own is not None and line.signature_id == own.pk}
    written = [
        row for row in (*rows.texts, *rows.checks) if row.section == section.code and (row.text if isinstance(row, SectionText) else row.state)
    ]
    lines = tuple(_line(section, row, found, agencies, mine=mine, alone=alone, own=own, kept=kept) for row in written)
    name = section_name(section, language=language())
    return SignSection(
        code=section.code, name=gettext("A part of your plan") if words.tells(name) else name, lines=lines, stands=_stands(lines, own, kept, found),
        approved=any(row.who == "AGENCY" for row in signatures),
        signed=tuple(Signed(name=row.name, day=short_day(local(row.made_at).date()), version=row.version) for row in family),
    )  # fmt: skip


def _line(
    section: SectionNow, row: SectionText | SectionCheck, found: Plan, agencies: dict[UUID, str], *, mine: UUID, alone: bool,
    own: SectionSignature | None, kept: dict[UUID, SignedLine],
) -> SignLine:  # fmt: skip
    is_text, is_mine = isinstance(row, SectionText), row.holder_id == mine
    asks = question_words(section, row.code, language=language()) if is_text else thing_words(section, row.code, language=language())
    said = row.text if isinstance(row, SectionText) else _thing(row.state, row.note)
    private = not is_mine and not alone and (words.tells(said) or words.tells(asks))
    then = kept.get(row.pk)
    was = (then.text if is_text else _thing(then.text, then.note)) if then is not None else ""
    return SignLine(
        kind=(ItemKind.TEXT if is_text else ItemKind.CHECK).value, item_id=row.pk, mine=is_mine, private=private,
        who=gettext("You") if is_mine else agencies.get(row.holder_id, gettext("Someone who helps you")),
        day=short_day(local(row.changed_at).date()), asks="" if private else asks, text="" if private else said,
        before=was if was != said and not private else "", new=own is not None and then is None and not is_mine,
        changed=then is not None and was != said, views=found.views_of(row.pk),
    )  # fmt: skip


def _thing(state: str, note: str) -> str:
    return ". ".join(part for part in (stands_words(state), note) if part)


def _stands(lines: tuple[SignLine, ...], own: SectionSignature | None, kept: dict[UUID, SignedLine], found: Plan) -> str:
    if own is None:
        return "SAID" if any(view.says == "DISAGREE" for line in lines for view in line.views) else "NEW"
    there = {line.item_id for line in lines}
    changed = any(not line.mine and (line.new or line.changed) for line in lines) or any(pk not in there for pk in kept)
    return "CHANGED" if changed else "SIGNED"
