"""Reads a FHIR R4 Questionnaire into a Definition, and says of each mistake where it stands and what to do.

Source: HL7 FHIR R4 Questionnaire; SDC 3.0 calculatedExpression; the extensions ordinalValue, translation, minValue, maxValue.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from careloom.infra.forms.conditions import OPERATORS
from careloom.infra.forms.definitions import NOT_ASKED, OURS, Alert, Band, Condition, Definition, Item, Kind, Licence, Option, Text, walk
from careloom.infra.forms.expressions import ORDINAL, BadExpression, readable
from careloom.kernel.packs import Problem

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
LEAST, MOST = "http://hl7.org/fhir/StructureDefinition/minValue", "http://hl7.org/fhir/StructureDefinition/maxValue"
UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
EXCLUSIVE = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive"
STATUSES = ("draft", "active", "retired")
CHOICES = (Kind.CHOICE, Kind.OPEN_CHOICE)


@dataclass(kw_only=True)
class _Reading:
    """One file as it is read: what is wrong with it is noted, and reading goes on."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, where: str, what: str, fix: str) -> None:
        self.problems.append(Problem(file=self.file, where=where, what=what, fix=fix))

    def guarded(self, where: str, fix: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except (KeyError, TypeError, ValueError, InvalidOperation):
            self.wrong(where, "It cannot be read.", fix)
            return None


def read(*, text: str, file: str) -> tuple[Definition | None, tuple[Problem, ...]]:
    """The definition in a file, or every problem that it has. Never raises for what stands in the file."""
    reading = _Reading(file=file)
    try:
        raw = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        reading.wrong("file", f"It is no JSON: {error}.", "Correct it at that place.")
        return None, tuple(reading.problems)
    if not isinstance(raw, dict) or raw.get("resourceType") != "Questionnaire":
        reading.wrong("resourceType", "It is no Questionnaire.", "Export the form as a FHIR R4 Questionnaire in JSON.")
        return None, tuple(reading.problems)
    try:
        found = _definition(raw, reading)
    except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation) as error:
        reading.wrong("file", f"Its parts are not as FHIR R4 has them ({type(error).__name__}).", "Check it with a FHIR validator.")
        return None, tuple(reading.problems)
    _check(found, reading)
    return (None if reading.problems else found), tuple(reading.problems)


def _definition(raw: dict[str, Any], reading: _Reading) -> Definition:
    for name in ("url", "version", "title"):
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            reading.wrong(name, "It is missing.", "Give the form an address, a version and a title.")
    if raw.get("status") not in STATUSES:
        reading.wrong("status", "It is not known.", "Write draft, active or retired.")
    licence = _own(raw, "licence")
    if licence not in set(Licence):
        reading.wrong("licence", "It says no licence that is known.", f"Write one of {', '.join(Licence)} as the extension {OURS}licence.")
        licence = Licence.PERMISSION
    if not raw.get("copyright"):
        reading.wrong("copyright", "It is missing.", "Say whose words these are and on what ground they are used.")
    period = raw.get("effectivePeriod") or {}
    fix = "Write days as 2026-01-31."
    items = tuple(_item(one, reading) for one in raw.get("item", ()))
    return Definition(
        url=str(raw.get("url", "")), version=str(raw.get("version", "")), name=str(raw.get("name") or raw.get("title", "")),
        title=_text(raw, "title"), status=str(raw.get("status", "")), items=items, topic=str(_own(raw, "topic") or ""),
        about=str(_own(raw, "about") or ""),
        purpose=_text(raw, "purpose"), languages=_spoken(items), translation_note=str(_own(raw, "translation-note") or ""),
        effective_from=reading.guarded("effectivePeriod", fix, lambda: _day(period.get("start"))),
        effective_to=reading.guarded("effectivePeriod", fix, lambda: _day(period.get("end"))),
        copyright=str(raw.get("copyright") or ""), licence=Licence(licence), licence_note=str(_own(raw, "licence-note") or ""),
        score_only=_own(raw, "score-only") is True, bands=tuple(_band(e) for e in _all(raw, "score-band")),
        alerts=tuple(Alert(code=str(_part(e, "code")), when=str(_part(e, "when"))) for e in _all(raw, "alert")), source=reading.file,
    )  # fmt: skip


def _item(raw: dict[str, Any], reading: _Reading) -> Item:
    link = str(raw.get("linkId") or "")
    kind = raw.get("type")
    if not link or "/" in link or any(letter.isspace() for letter in link):
        reading.wrong(link or "item", "Its linkId is missing, or holds a slash or a space.", "Give each item a linkId of its own.")
    if kind not in set(Kind):
        reading.wrong(link, f"Its type {kind} is not understood.", f"Use one of {', '.join(Kind)}.")
        kind = Kind.DISPLAY
    extensions = raw.get("extension", ())
    calculated = next((e["valueExpression"]["expression"] for e in extensions if e.get("url") == CALCULATED), "")
    required_if = next((e["valueExpression"]["expression"] for e in extensions if e.get("url") == f"{OURS}required-if"), "")
    unit = next((e["valueCoding"] for e in extensions if e.get("url") == UNIT), {})
    return Item(
        link_id=link, kind=Kind(kind), text=_text(raw, "text"), prefix=str(raw.get("prefix") or ""), why=_own_text(raw, "why"),
        hint=_own_text(raw, "hint"), required=raw.get("required") is True, required_if=required_if, repeats=raw.get("repeats") is True,
        options=tuple(_option(one) for one in raw.get("answerOption", ())), any_of=raw.get("enableBehavior", "any") != "all",
        conditions=tuple(_condition(one, reading, link) for one in raw.get("enableWhen", ())), calculated=calculated,
        prefill=str(_own(raw, "prefill") or ""), initial=tuple(plain(one) for one in raw.get("initial", ())),
        unit=str(unit.get("display") or unit.get("code") or ""), most_letters=raw.get("maxLength"),
        least=_number(extensions, LEAST), most=_number(extensions, MOST), items=tuple(_item(one, reading) for one in raw.get("item", ())),
    )  # fmt: skip


def _check(found: Definition, reading: _Reading) -> None:
    """What a form must be so that it can be asked: every reference leads somewhere, every expression can be worked out."""
    for link, count in Counter(item.link_id for item in found.every()).items():
        if count > 1:
            reading.wrong(link, "The linkId stands twice.", "Give each item a linkId of its own: answers are kept under it.")
    links = {item.link_id: item for item in found.every()}
    if not any(item.asked for item in found.every()):
        reading.wrong("item", "It asks nothing.", "Add a question.")
    for item in found.every():
        _check_item(item, links, reading)
    expressions = [(i.link_id, e) for i in found.every() for e in (i.calculated, i.required_if) if e] + [
        (f"alert {a.code}", a.when) for a in found.alerts
    ]
    for where, expression in expressions:
        try:
            readable(expression=expression)
        except BadExpression as error:
            reading.wrong(where, f"The expression cannot be worked out. {error}", "Correct the FHIRPath.")
    for band in found.bands:
        if band.link_id not in links or band.low > band.high:
            reading.wrong(f"score-band {band.link_id}", "It is about no item of the form, or ends before it begins.", "Name a score and two numbers.")
    if found.effective_from and found.effective_to and found.effective_to < found.effective_from:
        reading.wrong("effectivePeriod", "It ends before it begins.", "Give a last day after the first.")


def _check_item(item: Item, links: dict[str, Item], reading: _Reading) -> None:
    where = item.link_id
    if item.kind in CHOICES and not item.options:
        reading.wrong(where, "A choice without answers.", "Write its answers as answerOption: lists from elsewhere are not fetched.")
    if len({option.code for option in item.options}) != len(item.options):
        reading.wrong(where, "Two of its answers have one code.", "Give each answer a code of its own.")
    if item.items and item.kind is not Kind.GROUP:
        reading.wrong(where, "A question holds questions.", "Put them into a group beside it, with enableWhen.")
    if item.kind is Kind.GROUP and item.repeats and any(i.kind is Kind.GROUP and i.repeats for i in walk(item.items)):
        reading.wrong(where, "A repeating group holds a repeating group.", "One level of repeating is understood.")
    if item.asked and not item.text:
        reading.wrong(where, "A question without words.", "Write its text.")
    for condition in item.conditions:
        asked = links.get(condition.question)
        if asked is None or asked.kind in NOT_ASKED:
            reading.wrong(where, f"Its enableWhen asks about {condition.question}, which is no question.", "Name the linkId of a question.")
        elif asked.kind is Kind.CHOICE and condition.operator in ("=", "!=") and asked.option(condition.value) is None:
            reading.wrong(where, f"Its enableWhen waits for an answer that {condition.question} does not offer.", "Use a code of its answerOption.")


def plain(raw: dict[str, Any]) -> Any:
    """The plain answer in a FHIR `value[x]` or `answer[x]`."""
    for key, value in raw.items():
        name = key.removeprefix("value").removeprefix("answer")
        if name == "Coding":
            return str(value["code"]) if "code" in value else {"text": str(value.get("display", ""))}
        if name == "Quantity":
            return {"value": str(value["value"]), "unit": str(value.get("unit") or value.get("code") or "")}
        if name == "Decimal":
            return str(value)
        if name in ("Boolean", "Integer", "Date", "String"):
            return value
    raise ValueError("no value")


def _condition(raw: dict[str, Any], reading: _Reading, link: str) -> Condition:
    operator = raw.get("operator", "")
    if operator not in OPERATORS:
        reading.wrong(link, f"Its enableWhen has the operator {operator}.", f"Use one of {', '.join(OPERATORS)}.")
    value = reading.guarded(link, "Give its enableWhen an answer.", lambda: plain({k: v for k, v in raw.items() if k.startswith("answer")}))
    return Condition(question=str(raw.get("question", "")), operator=operator, value=value)


def _option(raw: dict[str, Any]) -> Option:
    exclusive = any(e.get("url") == EXCLUSIVE and e.get("valueBoolean") for e in raw.get("extension", ()))
    coding = raw.get("valueCoding")
    if coding is None:
        words = str(raw.get("valueString", raw.get("valueInteger", "")))
        return Option(code=words, text=Text(plain=words), exclusive=exclusive)
    ordinal = _number((*raw.get("extension", ()), *coding.get("extension", ())), ORDINAL)
    shown = _text(coding, "display")
    return Option(
        code=str(coding["code"]), text=shown or Text(plain=str(coding["code"])), system=coding.get("system", ""), ordinal=ordinal, exclusive=exclusive
    )


def _band(extension: dict[str, Any]) -> Band:
    text = next(e for e in extension["extension"] if e["url"] == "text")
    low, high = Decimal(str(_part(extension, "low"))), Decimal(str(_part(extension, "high")))
    return Band(link_id=str(_part(extension, "item")), low=low, high=high, text=_text(text, "valueString"))


def _text(raw: dict[str, Any], name: str) -> Text:
    """A text with its translations, which stand in the extensions of the same name with an underscore."""
    told: dict[str, str] = {}
    for extension in (raw.get(f"_{name}") or {}).get("extension", ()):
        if extension.get("url") == TRANSLATION:
            told[str(_part(extension, "lang"))[:2]] = str(_part(extension, "content"))
    return Text(plain=str(raw.get(name) or ""), others=told)


def _spoken(items: tuple[Item, ...]) -> tuple[str, ...]:
    """The languages in which every item that has words has them."""
    texts = [item.text for item in walk(items) if item.text]
    return tuple(sorted({"en", *(one for one in (texts[0].others if texts else ()) if all(one in text.others for text in texts))}))


def _all(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [e for e in raw.get("extension", ()) if e.get("url") == f"{OURS}{name}"]


def _own(raw: dict[str, Any], name: str) -> Any:
    return next((_valued(e) for e in _all(raw, name)), None)


def _own_text(raw: dict[str, Any], name: str) -> Text:
    return next((_text(e, "valueString") for e in _all(raw, name)), Text())


def _part(extension: dict[str, Any], name: str) -> Any:
    return next((_valued(e) for e in extension.get("extension", ()) if e.get("url") == name), "")


def _valued(extension: dict[str, Any]) -> Any:
    return next((value for key, value in extension.items() if key.startswith("value")), None)


def _number(extensions: Any, url: str) -> Decimal | None:
    return next((Decimal(str(_valued(e))) for e in extensions if e.get("url") == url), None)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text[:10])
