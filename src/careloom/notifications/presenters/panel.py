"""The answer beside the questions: what this birth calls for, why, what leaves, what she was told, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.infra.ui.components import Button, Decision, Notice, Said, Way
from careloom.kernel.notification import NotificationAnswer, Notify, Reason, ReasonCode, SentField
from careloom.kernel.packs import Pack
from careloom.notifications.facts import NotificationFacts
from careloom.notifications.models import Notification
from careloom.notifications.presenters.script import Script, script
from careloom.notifications.presenters.sent import leaves

_FOLLOWS = frozenset(
    {
        "PACK_IDENTIFIES", "PART2_NEEDS_CONSENT", "DUE_NOW", "DUE_BY", "DUE_BY_DAY", "DUE_BEFORE_DISCHARGE", "REPORT_DUE_NOW", "REPORT_DUE_BY",
        "REPORT_DUE_BY_DAY", "PLAN_OFFERED", "PLAN_NOT_ASKED", "LEAD_IS", "TRIBE_LEADS",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The decision, the notices over it, what would change it, and the call script of a report."""

    decision: Decision
    notices: tuple[Notice, ...]
    would_change: tuple[str, ...]
    script: Script
    report: bool


def panel(
    *,
    answer: NotificationAnswer,
    facts: NotificationFacts,
    row: Notification,
    pack: Pack,
    name: str,
    language: str,
    year: int,
    told_by: str = "",
    sent: bool = False,
) -> Panel:
    """The panel of one notification. `language` is the mother's; `name` is how the page calls her."""
    spoken = (get_language() or "en")[:2]
    words_for_her = script(answer=answer, pack=pack, language=language)
    told = facts.told_mother == "YES"
    decision = Decision(
        eyebrow=_("What this birth calls for: level %(level)s") % {"level": answer.level.value},
        outcome=outcome(answer),
        sentence="" if answer.report else _("Not a child-abuse report. No child-welfare case is opened."),
        ways=_ways(answer),
        reasons=tuple(_say(r, pack, spoken) for r in answer.because if r.code is not ReasonCode.RULE_NOT_REVIEWED),
        authority=_authority(answer, pack),
        leaves_title=_("What leaves the hospital"),
        leaves=leaves(fields=_fields(answer), facts=facts, year=year, state=pack.manifest.title),
        stays=_stays(answer, facts),
        told_title=_told_title(row, name, pack.manifest.zone) if told else _("What to tell %(name)s first") % {"name": name},
        told=Said(words=words_for_her.text, by=_told_line(row, facts, told_by), lang=language)
        if words_for_her.sentences and _sends(answer)
        else None,
        follows=tuple(_say(r, pack, spoken) for r in answer.says if r.code.name in _FOLLOWS),
        buttons=() if sent else buttons(answer=answer, facts=facts),
        anchor="result",
    )
    return Panel(
        decision=decision,
        notices=_notices(answer, pack, spoken),
        would_change=tuple(pack.words.say(key=w.message_key, language=spoken, params=w.params) or w.sentence for w in answer.would_change)
        if spoken != "en"
        else tuple(w.sentence for w in answer.would_change),
        script=words_for_her,
        report=answer.report,
    )


def outcome(answer: NotificationAnswer) -> str:
    """The answer in one line."""
    if answer.report:
        return _("Make a report, and tell child welfare") if answer.notify is Notify.IDENTIFIED else _("Make a report")
    return {
        Notify.NONE: _("Nothing to send"),
        Notify.DEIDENTIFIED: _("Tell the state, without names"),
        Notify.IDENTIFIED: _("Tell child welfare, with names"),
    }[answer.notify]


def buttons(*, answer: NotificationAnswer, facts: NotificationFacts) -> tuple[Button, ...]:
    """The one next step, and the hand-over."""
    told = facts.told_mother == "YES" or bool(facts.told_mother == "NOT_SAFE_TO_TELL" and facts.not_told_because.strip())
    if not _sends(answer):
        first = Button(label=_("Save, nothing to send"), name="go", value="send")
    elif not told:
        first = Button(label=_("First, tell her"), name="go", value="tell")
    elif answer.report:
        first = Button(label=_("Send the report"), name="go", value="send")
    else:
        first = Button(label=_("Send without names") if answer.notify is Notify.DEIDENTIFIED else _("Send with names"), name="go", value="send")
    return (first, Button(label=_("Save and hand over to day shift"), kind="quiet", big=False, name="go", value="hand"))


def _sends(answer: NotificationAnswer) -> bool:
    return answer.report or answer.notify is not Notify.NONE


def _fields(answer: NotificationAnswer) -> tuple[SentField, ...]:
    # A notification with names is counted too: the state's row has a receipt and a year, and names nobody.
    counted = (SentField.RECEIPT, SentField.YEAR) if answer.notify is Notify.IDENTIFIED else ()
    return (*counted, *answer.sent_fields, *answer.report_fields)


def _ways(answer: NotificationAnswer) -> tuple[Way, ...]:
    # The harder answer is the current one: a report stands beside its notification, it does not replace it.
    now = "REPORT" if answer.report else answer.notify.value
    named = answer.notify is Notify.IDENTIFIED and not answer.report
    shown = [("NONE", _("Nothing")), ("DEIDENTIFIED", _("No names") if named else _("Without names"))]
    shown += [("IDENTIFIED", _("With names"))] if named else []
    return tuple(Way(label=label, current=code == now) for code, label in [*shown, ("REPORT", _("A report"))])


def _authority(answer: NotificationAnswer, pack: Pack) -> str:
    rule = _("%(place)s, rule %(rule)s, version %(version)s") % {
        "place": pack.manifest.title,
        "rule": answer.rule_id,
        "version": answer.rule_version,
    }
    return f"{rule}; {'; '.join(answer.citations)}."


def _stays(answer: NotificationAnswer, facts: NotificationFacts) -> str:
    if answer.notify is Notify.DEIDENTIFIED and not answer.report:
        return _("Names, dates of birth, places and record numbers stay here.")
    if any(e.part2 for e in facts.exposures):
        return _("What the treatment program wrote stays here. She has not agreed to share it.")
    return _("Treatment records and everything else in the chart stay here.") if _sends(answer) else ""


def _notices(answer: NotificationAnswer, pack: Pack, language: str) -> tuple[Notice, ...]:
    shown = [r for r in (*answer.says, *answer.because) if r.code in (ReasonCode.PACK_IDENTIFIES, ReasonCode.RULE_NOT_REVIEWED)]
    found = [Notice(text=_say(r, pack, language), level="warning") for r in shown]
    if pack.manifest.review_needed and not answer.review_needed:
        found.append(Notice(text=_("Nobody in this jurisdiction has signed these rules yet. Ask before relying on them."), level="warning"))
    return tuple(found)


def _say(reason: Reason, pack: Pack, language: str) -> str:
    return pack.words.sentence(reason=reason, language=language) or reason.sentence


def _told_title(row: Notification, name: str, zone: str) -> str:
    if row.told_at is None:
        return _("What %(name)s was told") % {"name": name}
    return _("What %(name)s was told, %(when)s") % {"name": name, "when": clock_words(row.told_at, zone)}


def _told_line(row: Notification, facts: NotificationFacts, told_by: str) -> str:
    if facts.told_mother != "YES":
        return ""
    if facts.told_how == "COLLEAGUE":
        return _("By a colleague")
    if not told_by:
        return ""
    return _("By %(who)s, with an interpreter") % {"who": told_by} if facts.told_how == "INTERPRETER" else _("By %(who)s") % {"who": told_by}


def clock_words(at: datetime, zone: str) -> str:
    """An instant as people say it, in the jurisdiction's zone."""
    return formats.date_format(at.astimezone(ZoneInfo(zone)), "M j, g:i A")
