"""Today in words: the sentence, the items of each heap, the receipt, the day, and what went well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.desk.pages.today import TodayPage, is_late
from careloom.desk.presenters import days
from careloom.desk.presenters.addresses import address
from careloom.desk.presenters.duties import REVIEWS, About, filled, words_of
from careloom.desk.presenters.lateness import last_day, late_status, told_above, who_was_told
from careloom.infra.ui.components import EmptyState, Link, Status, WorkItem, WorkSection
from careloom.infra.ui.markup import escaped, icon_before, joined
from careloom.work.models import Obligation

MOST_BROUGHT = 8


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


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The one line that stands where a finished item stood."""

    before: str
    family: str
    after: str
    undo: str
    template: ClassVar[str] = "desk/parts/receipt.html"


@dataclass(frozen=True, kw_only=True)
class DayLine:
    """One appointment of the day: when, what, and with whom."""

    at: str
    shown: str
    what: str
    family: Link | None
    note: str


@dataclass(frozen=True, kw_only=True)
class GoodNews:
    """Something that was done: words around the family's name."""

    before: str
    family: str
    after: str


def greeting(page: TodayPage) -> str:
    """Good morning, Dana."""
    hour, name = page.at.astimezone(page.zone).hour, page.worker_name.split(" ")[0]
    words = _("Good morning, %(name)s") if 4 <= hour < 12 else _("Good afternoon, %(name)s") if 12 <= hour < 18 else _("Good evening, %(name)s")
    return words % {"name": name}


def sentence(page: TodayPage) -> str:
    """Thursday, March 12. Three things need you now. Nothing is late."""
    count = len(page.now)
    parts = [date_format(page.day, "l, F j") + "."]
    beside = _late_beside(page)
    if not count:
        return " ".join([*parts, beside or _("Nothing needs you now.")])
    parts.append(ngettext("%(n)s thing needs you now.", "%(n)s things need you now.", count) % {"n": days.number(count)})
    late = page.late
    if not late:
        parts.append(_("Nothing is late."))
    elif late == count:
        parts.append(ngettext("It is late.", "All of them are late.", late))
    else:
        parts.append(ngettext("%(n)s is late. Nothing else is.", "%(n)s are late. Nothing else is.", late) % {"n": days.number(late)})
    return " ".join([*parts, *([beside] if beside else [])])


def _late_beside(page: TodayPage) -> str:
    late = sum(one.late for one in page.brought)
    words = ngettext("In the partnership %(n)s thing is late.", "In the partnership %(n)s things are late.", late)
    return words % {"n": days.number(late).lower()} if late else ""


def sections(page: TodayPage) -> list[WorkSection]:
    """The heaps in their order; the first item of the first page is the headline with the only solid button."""
    heaps = [
        ("now", _("Needs you now"), page.now, _("Nothing needs you now.")),
        ("week", _("This week"), page.week, _("Nothing else this week.")),
        ("later", _("Later"), page.later, ""),
        ("waiting", _("Waiting on others"), page.waiting, _("Nobody owes you an answer.")),
    ]
    shown = []
    for key, title, rows, empty in heaps:
        if not rows and not (empty and page.page == 1):
            continue
        items: list[WorkItem] = [item_of(row, page=page, heap=key) for row in rows]
        if key == "now" and items and page.page == 1:
            items[0] = _headline(items[0])
        count = str(len(rows) or "") if key != "waiting" or not rows else _("%(n)s, and Careloom reminds them") % {"n": len(rows)}
        shown.append(WorkSection(key=key, title=title, count=count, items=tuple(items), empty=EmptyState(text=empty) if empty else None))
        if key == "now" and page.brought:
            shown.append(WorkSection(key="rooms", title=_("In the partnership"), count=_owed_words(page), items=_brought(page), empty=None))
    return shown


def _owed_words(page: TodayPage) -> str:
    owed = [one for one in page.brought if not one.news]
    more = len(page.brought) - MOST_BROUGHT
    return _("The first %(n)s of %(all)s") % {"n": MOST_BROUGHT, "all": len(page.brought)} if more > 0 else str(len(owed) or "")


def _brought(page: TodayPage) -> tuple[WorkItem, ...]:
    """What other rooms have for her, without a family in it except where somebody who works for the family reads an answer."""
    items = []
    for number, one in enumerate(page.brought[:MOST_BROUGHT]):
        name = page.names.get(one.identity_id) if one.identity_id else None
        due = days.day(one.due_on, today=page.day) if one.due_on else ""
        items.append(
            DeskItem(
                before=one.head, family=Link(label=name, url=_page_of(one.identity_id, page=page)) if name and one.identity_id else None, after="",
                why=one.where, status=late_status(due_on=one.due_on, today=page.day) if one.late and one.due_on else None,
                due="" if one.late or not due else _("Due %(day)s") % {"day": due}, notes=(), anchor=f"room-{number}",
                action=Link(label=one.do, url=one.url, kind="outline" if one.late else "quiet"),
            )
        )  # fmt: skip
    return tuple(items)


def item_of(row: Obligation, *, page: TodayPage, heap: str) -> DeskItem:
    """One thing to do, verb first."""
    words, about = words_of(row.kind), page.about.get(row.about_id, About()) if row.about_id else About()
    late = is_late(row, at=page.at) and heap == "now"
    weight, shut = "outline" if heap == "now" else "quiet", _is_shut(row, page=page)
    do = Link(label=str(words.do), url=row.link, kind=weight, icon=words.icon if heap == "now" else "")
    return DeskItem(
        before=filled(words.before, about=about),
        family=family_link(row, page=page),
        after=filled(words.after, about=about),
        why=filled(words.why, about=about),
        status=_status(row, page=page) if heap == "now" else None,
        due="" if heap == "now" else _due(row, page=page),
        notes=_notes(row, page=page, late=late),
        action=None if shut else do,
        posts=_posts(row, page=page, weight=weight if shut else "quiet"),
        anchor=f"duty-{row.pk}",
    )


def family_link(row: Obligation, *, page: TodayPage) -> Link:
    """The family by name; where the name is hidden from this reader, plain words that lead to what is asked of her, once it is hers."""
    name = page.names.get(row.family_id)
    if name:
        return Link(label=name, url=_page_of(row.family_id, page=page))
    return Link(label=str(words_of(row.kind).thing) or _("a family"), url="" if _is_shut(row, page=page) else row.link)


def _page_of(identity: UUID, *, page: TodayPage) -> str:
    told = page.told_in.get(identity)
    return address("notifications:received", told) if told else address("desk:family", identity)


def _is_shut(row: Obligation, *, page: TodayPage) -> bool:
    """Whether the page that the duty names does not open for this reader: not until she takes it, or not any more since its family is hidden."""
    if row.family_id in page.names:
        return False
    return row.link == address("desk:family", row.family_id) or (row.worker_id is None and not words_of(row.kind).thing)


def receipt(page: TodayPage) -> Receipt | None:
    """What was just done, with Undo."""
    if page.done is None:
        return None
    news = _news(page.done, page=page)
    return Receipt(before=news.before, family=news.family, after=news.after, undo=reverse("desk:undo", args=[page.done.pk]))


def day_lines(page: TodayPage) -> list[DayLine]:
    """Her appointments today, in order of time."""
    lines = []
    for row in page.appointments:
        local = row.starts_at.astimezone(page.zone)
        name = page.names.get(row.identity_id)
        family = Link(label=name, url=_page_of(row.identity_id, page=page)) if name else None
        lines.append(DayLine(at=local.isoformat(), shown=date_format(local, "g:i"), what=row.title, family=family, note=row.place))
    return lines


def good_news(page: TodayPage) -> list[GoodNews]:
    """What was met since Monday, newest first."""
    return [_news(row, page=page, did=True) for row in page.went_well if words_of(row.kind).did]


def caseload_words(page: TodayPage) -> tuple[str, str]:
    """14 families | , 2 expecting. Reviews on time for 13."""
    load = page.caseload
    if not load.families:
        return _("All that you see"), _("you lead no plan now.")
    link = ngettext("%(n)s family", "%(n)s families", load.families) % {"n": load.families}
    rest = ngettext("%(n)s expecting", "%(n)s expecting", load.expecting) % {"n": load.expecting}
    return link, _("%(expecting)s. Reviews on time for %(n)s.") % {"expecting": rest, "n": load.families - load.late}


def late_below(page: TodayPage) -> str:
    """How much of her colleagues' work was told to a supervisor; empty when nothing was."""
    count = page.late_below
    return ngettext("%(n)s duty is late and was told to you", "%(n)s duties are late and were told to you", count) % {"n": count} if count else ""


def _news(row: Obligation, *, page: TodayPage, did: bool = False) -> GoodNews:
    words, about = words_of(row.kind), page.about.get(row.about_id, About()) if row.about_id else About()
    family = page.names.get(row.family_id) or str(words.thing) or _("a family")
    before, after = (words.did, "") if did else (words.before, words.after)
    return GoodNews(before=filled(before, about=about), family=family, after=filled(after, about=about))


def _headline(item: WorkItem) -> WorkItem:
    action = replace(item.action, kind="solid", big=True) if item.action else None
    return replace(item, first=True, action=action)


def _status(row: Obligation, *, page: TodayPage) -> Status | None:
    if row.due_at is None:
        return None
    due = last_day(row.due_at, zone=page.zone.key)
    if is_late(row, at=page.at):
        return late_status(due_on=due, today=page.day)
    return Status(words=_("Due today"), tone="wait", icon="schedule")


def _due(row: Obligation, *, page: TodayPage) -> str:
    if row.due_at is None:
        return ""
    due = days.day(last_day(row.due_at, zone=page.zone.key), today=page.day)
    words = _("Answer due %(day)s") if row.waiting_on else _("Due %(day)s")
    return words % {"day": due}


def _notes(row: Obligation, *, page: TodayPage, late: bool) -> tuple[str, ...]:
    facts: list[str] = []
    if late and row.due_at is not None:
        due = last_day(row.due_at, zone=page.zone.key)
        if row.kind in REVIEWS:
            facts += who_was_told(due_on=due, today=page.day)
        else:
            facts += [_("It was due %(day)s") % {"day": date_format(due, "F j")}, *told_above(row, today=page.day, zone=page.zone.key)]
    else:
        asked = days.moment(row.opened_at, zone=page.zone, today=page.day)
        said = _("Since %(day)s") if words_of(row.kind).read else _("Asked %(day)s")
        facts.append(said % {"day": asked} if row.kind not in REVIEWS else "")
    if row.worker_id is None:
        facts.append(_("Nobody has taken it yet"))
    elif row.worker_id != page.me:
        facts.append(_("With %(name)s") % {"name": page.workers.get(row.worker_id, _("a colleague"))})
    return tuple(fact for fact in facts if fact)


def _posts(row: Obligation, *, page: TodayPage, weight: str) -> tuple[Link, ...]:
    posts = []
    if row.worker_id is None:
        posts.append(Link(label=_("Take it"), url=address("desk:take", row.pk), kind=weight, post=True))
    if words_of(row.kind).read and row.worker_id in {None, page.me}:
        posts.append(Link(label=_("Done"), url=address("desk:done", row.pk), kind="quiet", icon="check", post=True))
    if page.whole_agency:
        posts.append(Link(label=_("Hand over"), url=address("desk:hand_over", row.pk), kind="quiet"))
    return tuple(posts)
