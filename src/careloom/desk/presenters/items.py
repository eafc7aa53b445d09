"""The items of Today, and what other rooms bring to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.desk.pages.today import TodayPage
from careloom.desk.presenters import days
from careloom.desk.presenters.addresses import address
from careloom.desk.presenters.lateness import late_status
from careloom.infra.ui.components import Link, WorkItem, WorkSection
from careloom.infra.ui.markup import escaped, icon_before, joined

MOST_BROUGHT, MOST_NEWS = 8, 3


@dataclass(frozen=True, kw_only=True)
class DeskItem(WorkItem):
    """A work item with its small second actions (take it, mark it as read). Draws itself, for Today has fifty of them."""

    posts: tuple[Link, ...] = ()

    def drawn(self, *, token: object) -> SafeString:
        """The item as HTML; its forms carry the form token."""
        family = self.family or Link(label="", url="")
        before, name, after = escaped(self.before), escaped(family.label), escaped(self.after)
        linked = f'<a href="{escaped(family.url)}" data-name>{name}</a>' if family.url else name
        hidden = f'<span class="cl-vh">: {before} {name} {after}</span>'
        return joined(
            f'<article class="cl-item{" cl-item--first" if self.first else ""}" id="{escaped(self.anchor)}"><div>',
            f"<h3>{before} {linked}{self.glue + after if after else ''}</h3>",
            f"<p>{escaped(self.why)}</p>" if self.why else "",
            self._when(token=token),
            '</div>\n<div class="cl-stack--sm">',
            self.action.drawn(token=token) if self.action else "",
            *(_form(post, hidden=hidden, token=token) if post.post else post.drawn(token=token) for post in self.posts),
            "</div></article>",
        )

    def _when(self, *, token: object) -> str:
        if not (self.status or self.due or self.notes):
            return ""
        status = self.status.drawn(token=token) if self.status else ""
        due = f'<span class="cl-due">{escaped(self.due)}</span>' if self.due else ""
        notes = "".join(f"<span>{escaped(note)}</span>" for note in self.notes)
        return f'<p class="cl-item__when">{status}{due}{notes}</p>'


def _form(post: Link, *, hidden: str, token: object) -> str:
    """A small second action, which puts the list anew in its place where scripts run. `hidden` says what it is about to who only hears it."""
    url = escaped(post.url)
    return (
        f'<form class="cl-inline cl-noprint" action="{url}" method="post" hx-post="{url}" hx-target="#work" hx-swap="outerHTML">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escaped(token)}">'
        f'<button class="{escaped(post.classes)}" type="submit">{icon_before(post.icon)}{escaped(post.label)}{hidden}</button></form>'
    )


def rooms_section(page: TodayPage) -> WorkSection:
    """What other rooms brought, as a part of Today."""
    owed = sum(not one.news for one in page.brought)
    return WorkSection(key="rooms", title=_("In the partnership"), count=str(owed or ""), items=_brought(page), empty=None)


def late_beside(page: TodayPage) -> str:
    """How much of what other rooms brought is late, as a sentence; "" for nothing."""
    late = sum(one.late for one in page.brought)
    words = ngettext("In the partnership %(n)s thing is late.", "In the partnership %(n)s things are late.", late)
    return words % {"n": days.number(late).lower()} if late else ""


def page_of(identity: UUID, *, page: TodayPage) -> str:
    """The page of a family, or what child welfare received about one that it knows from nothing else."""
    told = page.told_in.get(identity)
    return address("notifications:received", told) if told else address("desk:family", identity)


def _brought(page: TodayPage) -> tuple[WorkItem, ...]:
    """What other rooms have for her, without a family in it except where somebody who works for the family reads an answer."""
    items: list[WorkItem] = []
    owed, news = [one for one in page.brought if not one.news], [one for one in page.brought if one.news]
    for number, one in enumerate([*owed[:MOST_BROUGHT], *news[:MOST_NEWS]]):
        name = page.names.get(one.identity_id) if one.identity_id else None
        due = days.day(one.due_on, today=page.day) if one.due_on else ""
        items.append(
            DeskItem(
                before=one.head, family=Link(label=name, url=page_of(one.identity_id, page=page)) if name and one.identity_id else None, after="",
                why=one.where, status=late_status(due_on=one.due_on, today=page.day) if one.late and one.due_on else None,
                due="" if one.late or not due else _("Due %(day)s") % {"day": due}, notes=(), anchor=f"room-{number}",
                action=Link(label=one.do, url=one.url, kind="outline" if one.late else "quiet"),
            )
        )  # fmt: skip
    more = len(page.brought) - len(items)
    if more > 0:
        words = ngettext("%(n)s more in the partnership", "%(n)s more in the partnership", more) % {"n": more}
        items.append(DeskItem(before=words, after="", anchor="room-more", action=Link(label=_("See all"), url=reverse("commons:mine"), kind="quiet")))
    return tuple(items)
