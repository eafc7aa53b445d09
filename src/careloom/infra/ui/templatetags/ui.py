"""``{% load ui %}``: icons, notices, lists of pages, and one tag for each component of the look."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.paginator import Page
from django.template import Context, Template, engines
from django.utils.safestring import SafeString

from careloom.infra.ui import meanings as meant
from careloom.infra.ui import pages
from careloom.infra.ui.icons import icon_svg

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """``{% icon "phone" %}``: beside words; ``{% icon "check" "Present" %}`` where it stands alone."""
    return icon_svg(name, label=str(label), css=css)


@register.inclusion_tag("ui/components/messages.html", takes_context=True)
def ui_messages(context: dict[str, Any]) -> dict[str, Any]:
    """System news as slim alerts; nothing at all when there is none."""
    request = context.get("request")
    stored = hasattr(request, "_messages")
    return {"notices": list(get_messages(request)) if stored else []}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Page, param: str = "page", label: str = "") -> dict[str, Any]:
    """Links to the other pages of a list; every other query parameter is kept."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    return pages.pager_links(page=page, query=query, param=param) | {"label": label}


@register.simple_tag(takes_context=True)
def term(context: Context, shown: Any, key: str) -> Any:
    """``{% translate "treatment" as w %}{% term w "treatment" %}``: a word with its agreed meaning; `key` is the word as it was agreed on."""
    request = context.get("request")
    place = getattr(request, "meanings_drawn", 0) + 1  # counted for the whole page: an included part starts no new count
    if request is not None:
        request.meanings_drawn = place
    return meant.drawn(meanings=context.get("meanings"), shown=shown, key=key, place=place)


@register.simple_tag(takes_context=True)
def show(context: dict[str, Any], component: Any, css: str = "") -> SafeString:
    """``{% show thing %}``: draw any frozen dataclass of ``infra.ui.components`` with its own template, or as it draws itself.

    Only the thing and the form token reach the template, so a component cannot read the page around it.
    """
    if css and hasattr(component, "css"):
        component = replace(component, css=css)
    token = context.get("csrf_token", "")
    if hasattr(component, "drawn"):
        return component.drawn(token=token)
    return _compiled(component.template).render(Context({"c": component, "csrf_token": token}))


def _compiled(name: str) -> Template:
    return engines["django"].engine.get_template(name) if settings.DEBUG else _kept(name)


@lru_cache(maxsize=256)
def _kept(name: str) -> Template:
    """A component's template, found once: a page draws a hundred parts."""
    return engines["django"].engine.get_template(name)


@register.filter
def is_component(thing: Any) -> bool:
    """Whether ``{% show %}`` draws it; a plain text is written out."""
    return hasattr(thing, "drawn") or hasattr(thing, "template")


@register.filter
def add_px(value: float, by: float) -> float:
    """Move a place in a drawing: ``{{ y|add_px:-10 }}``."""
    return round(value + by, 1)
