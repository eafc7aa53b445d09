"""Every form that the product shows to somebody who may send it, found on the pages themselves; and what an ill-meaning hand writes into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from tests.architecture.addresses import addresses, converters_of
from tests.factories.agencies import a_worker_with_all
from tests.silence.hidden import PIN, WORDS, Hidden, addresses_with_ids

from careloom.agencies.models import Agency
from careloom.infra.ui.widgets import MemorableDateInput

PARTS = MemorableDateInput.parts
HERSELF = "she herself"
#: The apps whose forms are found.
APPS = (
    "safety:", "permanency:", "treatment:", "screening:", "following:", "messages:", "portal:", "position:", "plans:", "people:", "desk:",
)  # fmt: skip
#: What would sign the sweep out.
LEAVES = frozenset({"portal:leave"})
DAY = {"month": "3", "day": "2", "year": "2026"}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One control of a form: its name, its kind (text, hidden, choice, check, day, time, number, file) and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form as it stood on a page, with the browser that was shown it. `name` is the address to which it is sent."""

    name: str
    path: str
    client: Client = field(compare=False)
    who: str = ""
    fields: tuple[Field, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(one.name for one in self.fields)})"

    def filled(self) -> dict[str, object]:
        """The form as a person fills it: what stood there, else something that fits."""
        found: dict[str, object] = {}
        for one in self.fields:
            found |= good(one)
        return found


def good(one: Field) -> dict[str, object]:
    """A value of a field that its form takes, as a rule."""
    match one.kind:
        case "day":
            return {f"{one.name}_{part}": DAY[part] for part in PARTS}
        case "choice" | "check":
            chosen = one.value or next((code for code in one.choices if code), "")
            return {one.name: chosen} if chosen else {}
        case "time":
            return {one.name: one.value or "10:00"}
        case "number":
            return {one.name: one.value or "1"}
        case "file":
            return {one.name: SimpleUploadedFile("paper.pdf", b"%PDF-1.7 x", "application/pdf")}
        case "hidden":
            return {one.name: one.value}
    return {one.name: one.value or "Long enough for each of these, in plain words"}


def sheets_on(text: str, *, path: str, client: Client, who: str) -> Iterator[Sheet]:
    """The forms of a page that are sent by POST."""
    page = lxml.html.fromstring(text)
    for form in page.iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        to = form.get("action") or path
        try:
            name = resolve(to.partition("?")[0]).view_name
        except Resolver404:
            continue
        controls = [*form.xpath(".//input|.//select|.//textarea|.//button[@name]")]
        if form.get("id"):
            controls += page.xpath(f"//*[@form='{form.get('id')}'][self::input or self::select or self::textarea]")
        yield Sheet(name=name, path=to, client=client, who=who, fields=tuple(_fields(controls)))


def _fields(controls: list[lxml.html.HtmlElement]) -> Iterator[Field]:
    found: dict[str, Field] = {}
    for control in controls:
        name, kind = control.get("name"), (control.get("type") or control.tag).lower()
        if not name or name == "csrfmiddlewaretoken":
            continue
        head, _, part = name.rpartition("_")
        value = (control.text or "").strip() if control.tag == "textarea" else control.get("value") or ""
        known = found.get(name)
        if part in PARTS and kind not in {"hidden", "radio", "checkbox"}:
            found[head] = Field(name=head, kind="day")
        elif control.tag == "select":
            options = tuple(option.get("value") or "" for option in control.iter("option"))
            found[name] = Field(name=name, kind="choice", choices=options)
        elif kind in {"radio", "checkbox", "button", "submit"}:
            chosen = value if control.get("checked") is not None and kind == "radio" else known.value if known else ""
            choices = (*(known.choices if known else ()), value)
            found[name] = Field(name=name, kind="check" if kind == "checkbox" else "choice", value=chosen, choices=choices)
        else:
            found[name] = Field(name=name, kind=kind if kind in {"hidden", "time", "number", "file"} else "text", value=value)
    yield from found.values()


def insiders(hidden: Hidden) -> dict[str, Client]:
    """Somebody with every role in each agency there is, and she herself on her phone."""
    found = {}
    for agency in Agency.objects.order_by("name"):
        client = Client(raise_request_exception=False)
        client.force_login(a_worker_with_all(agency).worker.user)
        client.get("/me/")
        found[f"{agency.kind} {agency.name}"] = client
    phone = Client(raise_request_exception=False)
    phone.post(hidden.door)
    phone.post("/my/sign-in/", {"pin": PIN, "again": PIN})
    return found | {HERSELF: phone}


def every_sheet(hidden: Hidden) -> Iterator[Sheet]:
    """Every form of APPS, once for each set of fields that it may have, as somebody is shown it who may send it."""
    seen = set()
    for path, client, who, answer in _shown(hidden, insiders(hidden)):
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        for sheet in sheets_on(answer.content.decode(), path=path, client=client, who=who):
            # A page of many deeds has one address for all of them: the last word of the path tells them apart.
            key = (sheet.name, re.sub(r"[0-9a-f-]{36}", "", sheet.path), tuple(one.name for one in sheet.fields))
            if key not in seen and sheet.name.startswith(APPS) and sheet.name not in LEAVES:
                seen.add(key)
                yield sheet


def _shown(hidden: Hidden, who: dict[str, Client]) -> Iterator[tuple[str, Client, str, Any]]:
    """Each page without a part for everybody whose door it is; each one of a family as the first reads it to whom it opens."""
    for address in addresses():
        if "sample" not in address.path and address.name.startswith(APPS) and address.name not in LEAVES:
            for called, client in who.items():
                if _is_door(address.path, called) and (answer := client.get(address.path)).status_code == 200:
                    yield address.path, client, called, answer
    for name, parts in addresses_with_ids():
        if not name.startswith(APPS):
            continue
        codes = _codes(name)
        words = [part for part in parts if part in codes]
        things = [part for part in parts if part not in codes]
        for said in product(*(codes[part] for part in words)):
            for chosen in product(*(hidden.ids.get(part, []) for part in things)):
                path = reverse(name, kwargs=dict(zip(words, said, strict=True)) | dict(zip(things, chosen, strict=True)))
                found = _first(path, who)
                if found is None:
                    break  # it takes forms only, so no page of its own shows one
                if found:
                    yield path, *found
                    break


def _first(path: str, who: dict[str, Client]) -> tuple[Client, str, Any] | tuple[()] | None:
    """Who reads a page first; nothing where nobody does, None where it is no page."""
    for called, client in who.items():
        if _is_door(path, called):
            answer = client.get(path)
            if answer.status_code == 405:
                return None
            if answer.status_code == 200:
                return client, called, answer
    return ()


def _is_door(path: str, who: str) -> bool:
    return path.startswith("/my/") == (who == HERSELF)


def _codes(name: str) -> dict[str, list[Any]]:
    """The parts of an address that are words of ours, each with all its words."""
    found = {}
    for part, converter in converters_of(name).items():
        if part in WORDS:
            words = converter.regex.split("|") if re.fullmatch(r"[\w|-]+", converter.regex) else [WORDS[part]]
            found[part] = [converter.to_python(word) for word in words]
    return found
