"""The letter that answers her, or tells her that it takes longer: for who has no pages of her own. In the language of her record.

Source: 45 CFR 164.524(b)(2)(iii), (d)(2); 164.526(b)(2)(ii), (c), (d)(1); 164.528(c)(1)(ii); 164.522(a), (b). Plain language is the rule's own word.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra.clock import zone
from careloom.infra.documents import render_pdf
from careloom.rights.actions.handling import may_review
from careloom.rights.documents.papers import TEMPLATE, lines_of, paper_data
from careloom.rights.kinds import RULES, Right
from careloom.rights.models import RightsRequest
from careloom.rights.plain import GROUNDS


def has_letter(row: RightsRequest) -> bool:
    """Whether there is something to write: an answer, or more time."""
    return row.state in {"GRANTED", "PARTLY", "DENIED"} or (row.is_open and row.put_off_at is not None)


def render_letter(*, row: RightsRequest, holder: Agency, on: date, language: str) -> bytes:
    """The letter as PDF/UA-1 bytes. It says what she asked, what the answer is, why, and what she can do next."""
    with translation.override(language):
        return render_pdf(template=TEMPLATE, data=_letter(row, holder=holder, on=on, language=language))


def _letter(row: RightsRequest, *, holder: Agency, on: date, language: str) -> dict[str, Any]:
    came = date_format(row.received_at.astimezone(zone(holder.zone)).date())
    said = [_("You asked us on %(day)s. You asked for: %(what)s.") % {"day": came, "what": str(_asked(row.right))}]
    sections = [{"head": _("What you asked"), "lines": said + ([row.words] if row.words else [])}]
    if row.is_open:
        longer = _("We need more time. We will answer by %(day)s at the latest. We may do this only once.") % {"day": date_format(row.due_on)}
        sections.append({"head": _("It takes longer"), "lines": [longer, row.put_off_because]})
    else:
        sections.append({"head": _("Our answer"), "lines": _answer(row)})
        sections.append({"head": _("What you can do now"), "lines": _next(row)})
    return paper_data(
        title=_("Answer to your request"), on=date_format(on), sections=sections, language=language,
        heads=[
            (_("To"), [row.about_name]), (_("From"), lines_of(holder.name_outside, holder.address, holder.phone)),
            (_("Law"), ["; ".join(RULES[Right(row.right)].law)]),
        ],
    )  # fmt: skip


def _asked(right: str) -> str:
    return {
        Right.ACCESS: _("a copy of your record"), Right.AMENDMENT: _("a change to your record"),
        Right.ACCOUNTING: _("a list of who was told about you"), Right.INTERMEDIARY: _("a list of whom we passed your record on to"),
        Right.RESTRICTION: _("a limit on what we share"), Right.CONFIDENTIAL: _("another way to reach you"),
    }[Right(right)]  # fmt: skip


def _answer(row: RightsRequest) -> list[str]:
    told = {
        "GRANTED": _("We say yes."), "PARTLY": _("We say yes to a part. The rest is kept apart."), "DENIED": _("We say no."),
    }[row.state]  # fmt: skip
    return [told, *(str(GROUNDS[code]) for code in row.codes if code in GROUNDS), *([row.answer] if row.answer else [])]


def _next(row: RightsRequest) -> list[str]:
    steps = []
    if may_review(row):
        steps.append(_("You can ask us in writing that another health professional, who took no part in this answer, looks at it again."))
    if row.right == Right.AMENDMENT and row.state == "DENIED":
        steps.append(_("You can send us a short statement that you do not agree. It will stand beside your record and go with it."))
        steps.append(_("If you send none, you can ask that your request and this answer go with your record each time we share it."))
    if row.right == Right.RESTRICTION and row.state == "GRANTED":
        steps.append(_("It works now. It does not stop what a law or a judge orders, and in an emergency we may still tell what helps you."))
        steps.append(_("You can end it at any time. Tell us."))
    steps.append(_("Something is not right? Call us and ask for the privacy officer."))
    steps.append(_("You can also complain to the U.S. Department of Health and Human Services. No one may treat you worse because you do."))
    return steps
