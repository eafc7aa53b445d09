"""Today in words: the sentence, the items of each heap, the receipt, the day, and what went well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.desk.pages.today import TodayPage, is_late
from careloom.desk.presenters import days
from careloom.desk.presenters.addresses import address
from careloom.desk.presenters.duties import REVIEWS, About, filled, words_of
from careloom.desk.presenters.items import DeskItem, late_beside, page_of, rooms_section
from careloom.desk.presenters.lateness import last_day, late_status, told_above, who_was_told
from careloom.infra.ui.components import EmptyState, Link, Status, WorkItem, WorkSection
from careloom.work.models import Obligation


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
    beside = late_beside(page)
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
            shown.append(rooms_section(page))
    return shown


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
        return Link(label=name, url=page_of(row.family_id, page=page))
    return Link(label=str(words_of(row.kind).thing) or _("a family"), url="" if _is_shut(row, page=page) else row.link)


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
        family = Link(label=name, url=page_of(row.identity_id, page=page)) if name else None
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
