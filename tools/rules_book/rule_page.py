"""The page of one rule: what it says, what it rests on, how it answers, and the sheet that counsel signs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import FunctionType

from tools.rules_book.seen import seen
from tools.rules_book.statements import REGIMES, STATEMENTS
from tools.rules_book.tell import answered, difference, told
from tools.rules_book.words import DUTIES, cell, listed, plain

from careloom.infra.packs.fingerprints import every_regime, fingerprints, reasons_of
from careloom.kernel.disclosure import decide
from careloom.kernel.disclosure.reasons import FormGap, PartTwoConsent, Reason
from careloom.kernel.disclosure.rule import Effect, Rule
from careloom.kernel.packs.schema import Review

EXAMPLES = 3
_USES = {Effect.PERMIT: "permits", Effect.REFUSE: "explains a refusal", Effect.PROHIBIT: "prohibits"}
Reviews = dict[str, list[tuple[str, Review]]]


def rule_page(rule: Rule, *, reviews: Reviews) -> str:
    """The whole page."""
    return "".join(_parts(rule, reviews))


def own_reasons(rule: Rule) -> list[Reason]:
    """The reasons of the rule itself: the gaps of a consent form stand on the page of the consent rule only."""
    assert isinstance(rule.find, FunctionType)
    found = [reason for reason in reasons_of(rule.find) if rule.name == "part2_consent" or not isinstance(reason, FormGap | PartTwoConsent)]
    return sorted(found, key=lambda reason: (type(reason).__name__, list(type(reason)).index(reason)))


def waits(rule: Rule) -> bool:
    """Whether law.md marks the rule, or a reason of it, as not read again or contested."""
    return rule.review_needed or any(reason.review_needed for reason in own_reasons(rule))


def review_state(rule: Rule, *, reviews: Reviews) -> str:
    """One sentence on who has reviewed it."""
    signed = [f"{review.reviewed_by} on {review.reviewed_on.isoformat()} for {pack}" for pack, review in reviews.get(rule.name, [])]
    return f"Reviewed by {listed(signed)}." if signed else "Not yet reviewed by counsel."


def _parts(rule: Rule, reviews: Reviews) -> Iterator[str]:
    title, statement = STATEMENTS[rule.name]
    yield f"# {title}\n\n`{rule.name}`\n\n{statement}\n\n"
    yield f"- Authority: {'; '.join(rule.authority)}\n- In force: {_days(rule)}\n- Asked for: {_scope(rule)}\n"
    homes = [regime.name for regime in every_regime() if rule in regime.rules]
    yield f"- Part of: {listed([f'[{REGIMES[name][0]}](../regime/{name.lower()}.md)' for name in homes])}\n"
    yield f"- Review: {review_state(rule, reviews=reviews)}"
    yield " Answers that rest on this rule say that review is needed.\n" if rule.review_needed else "\n"
    yield f"- Fingerprint of this text: `{fingerprints()[rule.name]}`\n\n"
    yield "## Reasons it can give\n\n| Reason | Use | Sentence | Citations | Review |\n| --- | --- | --- | --- | --- |\n"
    shown = seen()[rule.name]
    for reason in own_reasons(rule):
        use = listed(sorted(_USES[effect] for effect in shown.effects.get(reason, ()))) or "seen in no row"
        mark = "needed" if reason.review_needed else ""
        yield f"| {reason.code} | {use} | {cell(reason.sentence)} | {cell('; '.join(reason.citations))} | {mark} |\n"
    if any(isinstance(reason, FormGap) for reason in _all(rule)) and rule.name != "part2_consent":
        yield "\nA form that does not reach the request is explained with the gaps that stand under [Written consent](part2_consent.md).\n"
    yield "\n## Duties it can bring\n\n"
    yield "".join(f"- {DUTIES[duty]} (`{duty.value}`)\n" for duty in DUTIES if duty in shown.duties) or "None.\n"
    yield "\n## Worked examples\n\n"
    yield from _examples(rule)
    yield from _sheet(rule, title)


def _all(rule: Rule) -> tuple[Reason, ...]:
    assert isinstance(rule.find, FunctionType)
    return reasons_of(rule.find)


def _days(rule: Rule) -> str:
    def day(value: date | None, without: str) -> str:
        return value.isoformat() if value else without

    return f"{day(rule.effective_from, 'no first day recorded')} to {day(rule.effective_to, 'further notice')}"


def _scope(rule: Rule) -> str:
    parts = [
        f"{word}: {listed([plain(one) for one in sorted(words)])}"
        for word, words in (("recipients", rule.actors), ("categories", rule.categories), ("purposes", rule.purposes))
        if words
    ]
    return "; ".join(parts) or "every request of its regimes"


def _examples(rule: Rule) -> Iterator[str]:
    shown = seen()[rule.name]
    for number, (name, permitted, refused) in enumerate(shown.pairs[:EXAMPLES], start=1):
        yield f"**{number}. {name}.** {told(permitted)}\n\n- {answered(decide(permitted))}\n"
        yield f"- Otherwise the same, but {difference(permitted, refused)}. {answered(decide(refused))}\n\n"
    if not shown.pairs:
        for number, (name, scenario) in enumerate(shown.alone[:EXAMPLES], start=1):
            yield f"**{number}. {name}.** {told(scenario)}\n\n- {answered(decide(scenario))}\n\n"
    if not shown.pairs and not shown.alone:
        yield "No row decides by this rule alone; it explains the answers of others.\n\n"


def _sheet(rule: Rule, title: str) -> Iterator[str]:
    of = fingerprints()[rule.name]
    yield "## Sheet for counsel\n\n"
    yield f"I have read this page, {title} (`{rule.name}`), with the fingerprint `{of}`.\n\n"
    yield "| | |\n| --- | --- |\n"
    for line in ("States the law: yes, yes with the changes below, no", "Changes", "Jurisdiction", "Name and bar number", "Day", "Signature"):
        yield f"| {line} | |\n"
    yield "\nA signed sheet is entered in `packs/<pack>/disclosure.yaml`:\n\n"
    yield f"    reviews:\n      {rule.name}: {{reviewed_by: ..., reviewed_on: ..., of: '{of}'}}\n"
