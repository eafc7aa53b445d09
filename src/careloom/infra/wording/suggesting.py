"""What could be said better in a text, and where. Quoted words, the law's own words and names are left alone.

Source: domain/ux.md 7.3; the list is data (packs/base/wording/list.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

# “…”, "…", «…», and lines that begin with > as in a letter.
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»|^[ \t]*>.*$", re.MULTILINE)
# A sentence that cites the law quotes it: 42 CFR 2.31, 42 U.S.C. 5106a, Public Law 114-198, § 3301.
CITED = re.compile(r"\b\d+\s+(?:CFR|C\.F\.R\.|USC|U\.\s?S\.\s?C\.)|\bP(?:ub(?:lic)?)?\.?\s?L(?:aw)?\.?\s+\d+-\d+|§", re.IGNORECASE)
SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S))+[.!?\n]*")
ARTICLE = re.compile(r"\b(an?)[ ]+$", re.IGNORECASE)
MOST_LETTERS = 20_000


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One place in a text: its span, what is said, what could be said (empty: describe instead), why, and the code that is counted."""

    span: tuple[int, int]
    said: str
    better: str
    why: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One entry of the list."""

    code: str
    pattern: re.Pattern[str]
    better: str
    why: str


def suggest(text: str, language: str) -> list[Suggestion]:
    """What could be said better in `text`, in its order, without overlap. A language without a list has nothing to say. Pure."""
    text = text[:MOST_LETTERS]
    kept = [match.span() for match in QUOTED.finditer(text)] + _cited(text)
    kept += [match.span() for match in _names().finditer(text)]
    found: list[Suggestion] = []
    for rule in rules(language[:2]):
        for match in rule.pattern.finditer(text):
            span = match.span(next((name for name in rule.pattern.groupindex if match[name] is not None), 0))
            span, better = _with_article(text, span, rule.better) if language[:2] == "en" else (span, rule.better)
            said = text[span[0] : span[1]]
            if span[0] < span[1] and not any(start < span[1] and span[0] < end for start, end in kept):
                found.append(Suggestion(span=span, said=said, better=_cased(better, text, span[0]), why=rule.why, code=rule.code))
    found.sort(key=lambda one: (one.span[0], -one.span[1], one.code))
    return _apart(found)


def apply(text: str, suggestions: Iterable[Suggestion]) -> str:
    """The text with each suggestion that has a word to put in; what is only to be described is left as it is."""
    for one in sorted(suggestions, key=lambda one: one.span, reverse=True):
        if one.better and text[one.span[0] : one.span[1]] == one.said:
            text = text[: one.span[0]] + one.better + text[one.span[1] :]
    return text


@lru_cache(maxsize=8)
def rules(language: str) -> tuple[Rule, ...]:
    """The entries of a language; none where there is no list."""
    said = _document()
    return tuple(_rule(entry, reasons=said["reasons"], language=language) for entry in said.get(language, ()))


def words_for(code: str, *, language: str) -> tuple[str, str]:
    """For the page on training: what a code stands for and what to say, in a language or in English."""
    for one in (language, "en"):
        for entry in _document().get(one, ()):
            if entry["code"] == code:
                said = [*entry.get("say", ()), *entry.get("exact", ())]
                return (str(said[0]) if said else code.replace("_", " ").lower()), str(entry["better"])
    return code, ""


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    said: Any = read_yaml((packs_folder() / "base" / "wording" / "list.yaml").read_text(encoding="utf-8"))
    return dict(said)


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in _document()["names"]), re.IGNORECASE)


def _rule(entry: dict[str, Any], *, reasons: dict[str, dict[str, str]], language: str) -> Rule:
    phrases = sorted(entry.get("say", ()), key=len, reverse=True)
    plain = [r"\b(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases) + r")\b"] if phrases else []
    exact = [rf"(?-i:\b(?:{'|'.join(re.escape(p) for p in entry['exact'])})\b)"] if entry.get("exact") else []
    like = [pattern.replace("(?P<x>", f"(?P<x{place}>") for place, pattern in enumerate(entry.get("like", ()))]
    pattern = re.compile("|".join([*like, *plain, *exact]), re.IGNORECASE)
    return Rule(code=entry["code"], pattern=pattern, better=entry["better"], why=reasons[entry["why"]][language])


def _with_article(text: str, span: tuple[int, int], better: str) -> tuple[tuple[int, int], str]:
    """Where the other word takes another article, the article is replaced with it: "a dirty test", "an unexpected test"."""
    before = ARTICLE.search(text, 0, span[0])
    fits = "an" if better[:1] in "aeiou" else "a"
    if not before or not better or before[1].lower() == fits:
        return span, better
    return (before.start(1), span[1]), f"{fits} {better}"


def _cited(text: str) -> list[tuple[int, int]]:
    """Sentences that cite the law. A citation's own full stops end no sentence."""
    if not CITED.search(text):
        return []
    return [match.span() for match in SENTENCE.finditer(text) if CITED.search(match[0])]


def _apart(found: list[Suggestion]) -> list[Suggestion]:
    kept: list[Suggestion] = []
    for one in found:
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return kept


def _cased(better: str, text: str, at: int) -> str:
    """With a capital where a sentence begins with one."""
    begins = at == 0 or text[:at].rstrip()[-1:] in {".", "!", "?", "\n", ""}
    return better[:1].upper() + better[1:] if begins and text[at].isupper() else better
