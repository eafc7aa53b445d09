"""Small parts that any page may carry: links, statuses, tabs, the save state and the empty state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from careloom.infra.ui.markup import attribute, escaped, icon_before, joined

Tone = Literal["", "done", "move", "wait", "late", "her"]
Kind = Literal["", "solid", "outline", "quiet"]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link, or with ``post`` a small form with one button; ``kind`` makes it look like a button.

    ``hidden`` are words that only readers hear ("Call" + " Bea"); ``fields`` ride along with a post.
    """

    label: str
    url: str
    icon: str = ""
    kind: Kind = ""
    hidden: str = ""
    post: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    lang: str = ""
    big: bool = False
    css: str = ""

    @property
    def classes(self) -> str:
        """The classes of the link or button."""
        if not self.kind:
            return self.css
        look = "" if self.kind == "solid" else f" usa-button--{self.kind}"
        return f"usa-button{look}{' usa-button--big' if self.big else ''} {self.css}".strip()

    def drawn(self, *, token: object) -> SafeString:
        """The link, or the small form with the form token. Drawn here and not by a template: a list has a hundred of them."""
        inner = joined(icon_before(self.icon), escaped(self.label), f'<span class="cl-vh"> {escaped(self.hidden)}</span>' if self.hidden else "")
        if not self.post:
            said = f' lang="{escaped(self.lang)}" hreflang="{escaped(self.lang)}"' if self.lang else ""
            return joined("<a", attribute("class", self.classes), f' href="{escaped(self.url)}"{said}>', inner, "</a>")
        hidden = {"csrfmiddlewaretoken": token, **self.fields}
        fields = "".join(f'<input type="hidden" name="{escaped(name)}" value="{escaped(value)}">' for name, value in hidden.items())
        button = f'<button class="{escaped(self.classes or "usa-button usa-button--quiet")}" type="submit"{attribute("lang", self.lang)}>'
        return joined(f'<form class="cl-inline" action="{escaped(self.url)}" method="post">', fields, button, inner, "</button></form>")


@dataclass(frozen=True, kw_only=True)
class Status:
    """The state of a thing, never of a person: words first, then a tone and an icon."""

    words: str
    tone: Tone = ""
    icon: str = ""

    def drawn(self, *, token: object) -> SafeString:
        """The words with their tone. Drawn here and not by a template: a list has a hundred of them."""
        tone = f" cl-status--{escaped(self.tone)}" if self.tone else ""
        return joined(f'<span class="cl-status{tone}">', icon_before(self.icon), escaped(self.words), "</span>")


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One row of a list of papers or requests: what it is, who, when, where it stands, and where it leads."""

    head: str
    who: str
    when: str
    status: Status
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Tabs:
    """Places inside one family or meeting: ``(label, url, is_current)``."""

    label: str
    items: tuple[tuple[str, str, bool], ...]
    template: ClassVar[str] = "ui/components/tabs.html"


@dataclass(frozen=True, kw_only=True)
class Crumbs:
    """Where this page hangs, as the quiet line over a heading; the last words are not a link."""

    links: tuple[Link, ...]
    here: str = ""
    template: ClassVar[str] = "ui/components/crumbs.html"


@dataclass(frozen=True, kw_only=True)
class EmptyState:
    """Nothing here yet, and the next step."""

    text: str
    next_step: Link | None = None
    template: ClassVar[str] = "ui/components/empty.html"


@dataclass(frozen=True, kw_only=True)
class SaveState:
    """The save line of a form: "Saved 3:41 AM"; the script writes later states into it."""

    words: str
    form_id: str = ""
    template: ClassVar[str] = "ui/components/save_state.html"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A slim alert inside a page, for system news: ``info``, ``success``, ``warning`` or ``error``."""

    text: str
    level: Literal["info", "success", "warning", "error"] = "info"
    link: Link | None = None
    template: ClassVar[str] = "ui/components/notice.html"

    @property
    def icon(self) -> str:
        """The icon that goes with the level."""
        return {"success": "check_circle", "warning": "warning", "error": "error"}.get(self.level, "info")
