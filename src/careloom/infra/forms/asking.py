"""A form as somebody fills it: our look around a definition, and the answers out of what was sent. Parses and never saves.

Works without JavaScript: what a condition opens comes after "Continue". With htmx it comes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from careloom.infra.forms.checking import Wrong
from careloom.infra.forms.conditions import MOST_TIMES, Place, places, times
from careloom.infra.forms.definitions import Answers, Definition, Item, Kind, last_of, walk
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, MemorableDateInput, RadioTiles

ASKED, OTHER = "asked", "__own"  # the hidden list of what stood on the page, and the end of a name of own words beside a choice
MOST_CODES = 200  # answers to one choice that are looked at
MOST_KEPT = 8000  # letters of one answer; `check` asks for fewer, and nothing that was typed is cut before it is shown
NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY)
CHOICES = (Kind.CHOICE, Kind.OPEN_CHOICE)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing on the page: a heading, a sentence, a question with its fields, or the buttons of a group that repeats."""

    kind: str  # heading, words, question, again
    path: str
    text: str = ""
    why: str = ""
    fields: tuple[Any, ...] = ()
    count: int = 0
    may_add: bool = False


class Questions(forms.Form):
    """The visible questions of a form with the answers so far, and what is wrong with them."""

    use_required_attribute = False

    def __init__(self, definition: Definition, answers: Answers, *, language: str = "en", wrongs: Iterable[Wrong] = ()) -> None:
        self.definition, self.answers, self.language = definition, answers, language
        self.shown = tuple(places(definition, answers))
        super().__init__(data=_data(self.shown, answers), prefix=None)
        for place in self.shown:
            if place.item.asked:
                self.fields.update(_fields(place, language))
        told: dict[str, list[str]] = {}
        for wrong in wrongs:
            told.setdefault(wrong.path, []).append(wrong.words)
        # What is wrong was found by `check`, over the whole form; the fields only draw it.
        self._errors = forms.utils.ErrorDict({path: self.error_class(words, renderer=self.renderer) for path, words in told.items()})
        self.cleaned_data = {}

    @property
    def parts(self) -> Iterator[Part]:
        """The page from top to bottom."""
        open_groups: list[tuple[str, Item]] = []
        for place in self.shown:
            while open_groups and not place.path.startswith(open_groups[-1][0] + "/"):
                yield self._again(*open_groups.pop())
            item, text = place.item, place.item.text.said(self.language)
            words = {"path": place.path, "text": text, "why": item.why.said(self.language)}
            if item.kind is Kind.GROUP:
                yield Part(kind="heading", **words)
                if item.repeats:
                    open_groups.append((place.path, item))
            elif item.kind is Kind.DISPLAY:
                yield Part(kind="words", **words)
            elif item.asked:
                names = [name for name in (place.path, place.path + OTHER) if name in self.fields]
                yield Part(kind="question", fields=tuple(self[name] for name in names), **words)
        while open_groups:
            yield self._again(*open_groups.pop())

    def _again(self, path: str, item: Item) -> Part:
        count = times(item, self.answers)
        return Part(kind="again", path=path, text=item.text.said(self.language), count=count, may_add=count < MOST_TIMES)

    @property
    def goes_on(self) -> bool:
        """Whether an answer may open more, so that the page has a button for it."""
        return any(item.conditions for item in self.definition.every())

    @property
    def asked(self) -> tuple[str, ...]:
        """The paths of the questions on the page: what came back empty was emptied, what was not there was not."""
        return tuple(place.path for place in self.shown if place.item.asked)


def answered(definition: Definition, post: QueryDict, *, before: Answers) -> dict[str, list[Any]]:
    """The answers after a page was sent: what stood on it as it was sent, and the rest as it was before.

    Values that are no answers are kept as they were typed, so that the page can show them with what to do.
    """
    kept = {path: list(values) for path, values in before.items()}
    for path in post.getlist(ASKED):
        item = definition.item(last_of(path))
        if item is None or not item.asked or not _is_path(path, item, definition):
            continue
        values = _values(item, path, post)
        if values or "/" in path:
            kept[path] = values  # an empty answer inside a repeating group keeps the group's place
        else:
            kept.pop(path, None)
    return kept


def once_more(definition: Definition, answers: Answers, *, group: str) -> dict[str, list[Any]]:
    """The answers with one more time of a repeating group, as far as there is room."""
    kept, item = {path: list(values) for path, values in answers.items()}, definition.item(group)
    count = times(item, answers) if item and item.repeats else MOST_TIMES
    first = next((one.link_id for one in walk(item.items) if one.asked), "") if item else ""
    if count < MOST_TIMES and first:
        kept[f"{group}/{count}/{first}"] = []
    return kept


def once_less(definition: Definition, answers: Answers, *, group: str) -> dict[str, list[Any]]:
    """The answers without the last time of a repeating group."""
    item = definition.item(group)
    last = f"{group}/{times(item, answers) - 1}/" if item and item.repeats else "/"
    return {path: list(values) for path, values in answers.items() if not path.startswith(last)}


def shown_answer(item: Item, values: Iterable[Any], language: str = "en") -> str:
    """Answers as a person reads them; an empty text where there is none."""
    return ", ".join(filter(None, (_said(item, value, language) for value in values)))


def _said(item: Item, value: Any, language: str) -> str:
    option = item.option(value)
    if option is not None:
        return option.text.said(language)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return " ".join(str(value[key]) for key in ("value", "unit", "text") if value.get(key))
    return str(value)


def _is_path(path: str, item: Item, definition: Definition) -> bool:
    """Whether an item can stand at a path: its own name, or within a time of the repeating group that holds it."""
    group = next((g for g in definition.every() if g.kind is Kind.GROUP and g.repeats and item in walk(g.items)), None)
    if group is None:
        return path == item.link_id
    head, _slash, rest = path.partition("/")
    number = rest.partition("/")[0]
    return head == group.link_id and number.isdecimal() and int(number) < MOST_TIMES and rest == f"{int(number)}/{item.link_id}"


def _fields(place: Place, language: str) -> dict[str, forms.Field]:
    item, path = place.item, place.path
    label = f"{item.prefix} {item.text.said(language)}".strip()
    given: dict[str, Any] = {"label": label, "required": item.required, "help_text": item.hint.said(language)}
    if item.unit:
        given["label"] = f"{label} ({item.unit})"
    choices = [(option.code, option.text.said(language)) for option in item.options]
    match item.kind:
        case Kind.BOOLEAN:
            return {path: forms.ChoiceField(choices=[("true", _("Yes")), ("false", _("No"))], widget=RadioTiles, **given)}
        case Kind.CHOICE | Kind.OPEN_CHOICE:
            long = len(choices) > 3 or any(len(words) > 24 for _code, words in choices)
            if item.repeats:
                field: forms.Field = forms.MultipleChoiceField(choices=choices, widget=CheckboxTiles(stack=long), **given)
            else:
                field = forms.ChoiceField(choices=choices, widget=RadioTiles(stack=long), **given)
            own = {path + OTHER: forms.CharField(label=_("Something else, in words"), required=False)} if item.kind is Kind.OPEN_CHOICE else {}
            return {path: field, **own}
        case Kind.DATE:
            return {path: MemorableDateField(**given)}
        case Kind.TEXT:
            return {path: forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **given)}
    mode = {Kind.INTEGER: "numeric", Kind.DECIMAL: "decimal", Kind.QUANTITY: "decimal"}.get(item.kind)
    attrs = {"autocomplete": "off"} | ({"inputmode": mode} if mode else {})
    return {path: forms.CharField(widget=forms.TextInput(attrs=attrs), **given)}


def _data(shown: Iterable[Place], answers: Answers) -> QueryDict:
    """The answers as the controls of the page take them."""
    data = QueryDict(mutable=True)
    for place in shown:
        values = answers.get(place.path) or []
        words = [value.get("text", "") for value in values if isinstance(value, Mapping) and "text" in value]
        plain = [_control(value) for value in values if not (isinstance(value, Mapping) and "text" in value)]
        if place.item.kind is Kind.OPEN_CHOICE:
            data.setlist(place.path + OTHER, words)
        data.setlist(place.path, plain)
    return data


def _control(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.get("value", "")) if isinstance(value, Mapping) else str(value)


def _values(item: Item, path: str, post: QueryDict) -> list[Any]:
    if item.kind in CHOICES:
        codes: list[Any] = [_kept(code) for code in post.getlist(path)[:MOST_CODES] if code]
        own = _kept(post.get(path + OTHER, "").strip()) if item.kind is Kind.OPEN_CHOICE else ""
        return [*codes, *([{"text": own}] if own else [])]
    if item.kind is Kind.DATE:
        text = MemorableDateInput().value_from_datadict(post, {}, path) or ""
    else:
        text = post.get(path, "")
    text = _kept(text.strip())
    if not text:
        return []
    match item.kind:
        case Kind.BOOLEAN:
            return [text == "true"] if text in ("true", "false") else [text]
        case Kind.INTEGER:
            return [int(text)] if text.removeprefix("-").isdecimal() and len(text) < 12 else [text]
        case Kind.QUANTITY:
            return [{"value": text, "unit": item.unit}]
    return [text]


def _kept(text: str) -> str:
    """A text as it is kept while it is typed: no longer than that, and without the letter that no database takes."""
    return text.replace("\x00", "")[:MOST_KEPT]
