"""The builder in words: the sentence she can read aloud, and the other agency's screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.consents.forms.builder import ConsentForm
from careloom.consents.forms.sharing import CASE_CLOSES, EVENTS, LABELS, PLAN_CLOSES, PURPOSES
from careloom.consents.notices import notice
from careloom.consents.pages.drafting import Sight
from careloom.consents.pages.subject import Subject
from careloom.consents.presenters import words
from careloom.consents.preview import PreviewRow
from careloom.infra.ui.components import Notice, Preview, PreviewNew, Voice

# After "until" in the sentence.
ENDS: dict[str, Any] = {PLAN_CLOSES: gettext_lazy("the plan closes"), CASE_CLOSES: gettext_lazy("the case closes")}


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """The consent as one sentence: who tells whom, about whom, what for, until when. Empty parts are not chosen yet."""

    holder: str
    recipients: str
    about: str
    purposes: str
    until: str
    by_event: bool = False


def sentence(form: ConsentForm, *, subject: Subject) -> Sentence:
    """What the form says now."""
    clean = form.cleaned_data
    to = [*(agency.name_outside for agency in form.chosen), *(one.name for one in form.chosen_people), clean.get("named", "").strip()]
    infants = {str(pk) for pk in clean.get("infants", [])}
    return Sentence(
        holder=form.holder.name, recipients=words.listed(to), about=words.listed(name for pk, name in subject.infant_choices if pk in infants),
        purposes=words.listed(str(PURPOSES[one]).lower() for one in clean.get("purposes", [])),
        until=str(ENDS.get(form.expiry_event, "")) or words.day(form.expires_on), by_event=bool(form.expiry_event),
    )  # fmt: skip


def preview(sight: Sight, *, form: ConsentForm, subject: Subject) -> Preview:
    """The screen of the recipient with this consent. "There may be more" stands there in any case."""
    name = sight.reader.name
    new = _new(sight.seen.new, subject=subject)
    line = _("Care team line, %(phone)s") % {"phone": settings.CARELOOM_CARE_LINE}
    already = [f"{label}: {text}" for label, text in _heaps(sight.seen.already)]
    return Preview(
        title=_("2. What %(name)s would see") % {"name": name}, note=_("Nothing is sent yet"), eyebrow=_("%(name)s, as of today") % {"name": name},
        heading=words.listed([subject.name, *(baby for pk, baby in subject.infant_choices if pk in _babies(form))]) or _("A family"),
        already_title=_("Already shared, of what you see") if already else _("Whom they may ask"), already=(*already, line), new=new,
        notice=notice("en").short if form.draft(identity_id=subject.identity_id).kind == "specific" else "",
    )  # fmt: skip


def empty_groups(sight: Sight, *, form: ConsentForm) -> str:
    """What she ticked where nothing new shows: it is written down later, or its holder has nothing."""
    chosen = form.cleaned_data.get("share", [])
    return ", ".join(str(LABELS[one]) for one in chosen) if chosen and not sight.seen.new else ""


def without_page(form: ConsentForm) -> str:
    """Those of her own people who are named and have no page to read on: they hear it in person or on paper."""
    return words.listed(one.name for one in form.chosen_people if one.principal_id is None)


def purpose_note(sight: Sight) -> str:
    """Why a recipient would see nothing: it reads for a purpose that is not on the form."""
    if sight.has_purpose or sight.reader.purpose not in PURPOSES:
        return ""
    facts = {"name": sight.reader.name, "purpose": PURPOSES[sight.reader.purpose]}
    return _("%(name)s opens families to do this: “%(purpose)s”. Tick it under “Why”, or it sees nothing.") % facts


def _babies(form: ConsentForm) -> set[str]:
    return {str(pk) for pk in form.cleaned_data.get("infants", [])}


def _heaps(rows: tuple[PreviewRow, ...]) -> list[tuple[str, str]]:
    heaps: dict[str, list[str]] = {}
    for row in rows:
        texts = heaps.setdefault(row.heap, [])
        # One person or one goal may be written down by more than one holder.
        if row.text not in texts or not row.text:
            texts.append(row.text)
    return [(str(label), words.counted(heaps[heap])) for heap, label in words.HEAPS.items() if heap in heaps]


def _new(rows: tuple[PreviewRow, ...], *, subject: Subject) -> PreviewNew | None:
    if not rows:
        return None
    hers = tuple(row for row in rows if row.hers)
    others = tuple(row for row in rows if not row.hers)
    voice = None
    if hers:
        said = " ".join(f"{row.text.rstrip('.')}." for row in hers[:3])
        voice = Voice(words=said, footer=_("%(name)s’s goals, in her words") % {"name": subject.name or _("She")}, small=True)
    return PreviewNew(title=_("New with this consent"), pairs=tuple(_heaps(others)), voice=voice)


def facts(form: ConsentForm, *, subject: Subject) -> list[tuple[str, str]]:
    """The whole form in plain words, for the page on which she signs. Source: 42 CFR 2.31(a)."""
    told, clean = sentence(form, subject=subject), form.cleaned_data
    ends = EVENTS[form.expiry_event] if told.by_event else told.until
    pairs: list[tuple[str, Any]] = [
        (_("Whose record"), words.listed([subject.full_name, told.about])),
        (_("Who tells"), _("%(name)s, and her own words") % {"name": told.holder}),
        (_("What"), ", ".join(str(LABELS[one]) for one in clean.get("share", []))), (_("Who hears it"), told.recipients),
        (_("Why"), words.purposes(clean.get("purposes", []))), (_("Until"), ends),
        (_("Read in"), str(words.LANGUAGES[clean.get("language") or "en"])), (_("Read by"), clean.get("reader", "")),
    ]  # fmt: skip
    return [(label, str(value)) for label, value in pairs if value]


def unreviewed(language: str) -> Notice | None:
    """What a worker must know of the printed notice of 42 CFR 2.32 while nobody has compared it with the published rule; else None."""
    if not notice(language).review_needed:
        return None
    return Notice(text=_("The notice on this paper was not yet compared with the published rule. Ask your privacy officer."), level="warning")
