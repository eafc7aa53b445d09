"""The builder in words: the sentence she can read aloud, and the other agency's screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from careloom.consents.documents.words import PART2_KINDS, statement_keys
from careloom.consents.documents.words import pair as paired
from careloom.consents.forms.builder import ConsentForm
from careloom.consents.forms.sharing import (
    CASE_CLOSES,
    COURT_CASE_ENDS,
    DISPOSITION,
    EVENTS,
    LABELS,
    NO_END,
    PLAN_CLOSES,
    PURPOSES,
    STUDY_ENDS,
    TREATMENT_ENDS,
    WHY,
)  # fmt: skip
from careloom.consents.forms.wishes import content_for
from careloom.consents.notices import notice
from careloom.consents.pages.drafting import Sight
from careloom.consents.pages.subject import Subject
from careloom.consents.presenters import words
from careloom.consents.preview import PreviewRow
from careloom.infra.ui.components import Notice, Preview, PreviewNew, Voice

# After "until" in the sentence.
ENDS: dict[str, Any] = {
    PLAN_CLOSES: gettext_lazy("the plan closes"), CASE_CLOSES: gettext_lazy("the case closes"), TREATMENT_ENDS: gettext_lazy("treatment ends"),
    COURT_CASE_ENDS: gettext_lazy("this court case is over"), DISPOSITION: gettext_lazy("the criminal matter is finally decided"),
    STUDY_ENDS: gettext_lazy("the study ends"), NO_END: gettext_lazy("I stop it"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """The consent as one sentence: who tells whom, about whom, what for, until when. Empty parts are not chosen yet."""

    holder: str
    recipients: str
    about: str
    purposes: str
    until: str
    what: str = ""
    by_event: bool = False


def sentence(form: ConsentForm, *, subject: Subject) -> Sentence:
    """What the form says now."""
    clean = form.cleaned_data
    network = [form.network.name_outside] if form.network else []
    by_class = [words.class_words(form.recipient_class, hers=True)] if form.recipient_class else []
    people = (one.name for one in form.chosen_people)
    to = [*network, *(agency.name_outside for agency in form.chosen), *people, clean.get("named", "").strip(), *by_class]
    infants = {str(pk) for pk in clean.get("infants", [])}
    return Sentence(
        holder=form.holder.name, recipients=words.listed(to), about=words.listed(name for pk, name in subject.infant_choices if pk in infants),
        purposes=words.listed(_lower(WHY[one]) for one in form.reasons),
        until=str(ENDS.get(form.expiry_event, "")) or words.day(form.expires_on), by_event=bool(form.expiry_event),
        what=words.listed(_lower(LABELS[one]) for one in form.groups),
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
        notice=notice(get_language() or "en").short if form.draft(identity_id=subject.identity_id).kind in PART2_KINDS else "",
    )  # fmt: skip


def empty_groups(sight: Sight, *, form: ConsentForm) -> str:
    """What she ticked where nothing new shows: it is written down later, or its holder has nothing."""
    chosen = form.groups
    return ", ".join(str(LABELS[one]) for one in chosen) if chosen and not sight.seen.new else ""


def stays_private(form: ConsentForm) -> str:
    """What this form does not open, of all that it could: by its own list, so that it tells nothing of what is written down."""
    return ", ".join(str(LABELS[one]) for one in content_for(form.wants, holder=form.holder) if one not in form.groups)


def without_page(form: ConsentForm) -> str:
    """Those of her own people who are named and have no page to read on: they hear it in person or on paper."""
    return words.listed(one.name for one in form.chosen_people if one.principal_id is None)


def purpose_note(sight: Sight, *, form: ConsentForm) -> str:
    """Why a recipient would see nothing: it reads for a purpose that is not on the form."""
    if sight.has_purpose or (sight.reader.purpose not in PURPOSES and not form.wants.apart):
        return ""
    if sight.reader.purpose not in form.wants.purposes:
        return _("No page here opens for %(name)s under this form. Tell it in person or on paper.") % {"name": sight.reader.name}
    facts = {"name": sight.reader.name, "purpose": WHY[sight.reader.purpose]}
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
        (_("What"), ", ".join(str(LABELS[one]) for one in form.groups)), (_("Who hears it"), told.recipients),
        (_("Why"), words.purposes(form.reasons)), (form.fields["matter"].label if "matter" in form.fields else "", clean.get("matter", "")),
        (_("Until"), ends),
        (_("Read in"), str(words.LANGUAGES[clean.get("language") or "en"])), (_("Read by"), clean.get("reader", "")),
    ]  # fmt: skip
    return [(label, str(value)) for label, value in pairs if value]


def statements(form: ConsentForm) -> list[str]:
    """What the form says to her, in the language in which it is read with her, and she signs with it.

    Source: 42 CFR 2.31(a)(4)(iii), (a)(6), (a)(10), (b), (d), 2.35(c); 45 CFR 164.508(c)(2).
    """
    said = [paired(key) for key in statement_keys(kind=form.draft(identity_id=UUID(int=0)).kind, waits=form.waits)]
    return [text[1] if form.cleaned_data.get("language") == "es" else text[0] for text in said]


def _lower(text: Any) -> str:
    said = str(text)
    return said[:1].lower() + said[1:]


def unreviewed(language: str) -> Notice | None:
    """What a worker must know of the printed notice of 42 CFR 2.32 while nobody has compared it with the published rule; else None."""
    if not notice(language).review_needed:
        return None
    return Notice(text=_("The notice on this paper was not yet compared with the published rule. Ask your privacy officer."), level="warning")
