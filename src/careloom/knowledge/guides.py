"""The discussion guides in our own words: a title, why one talks about it, and three questions each. Source: topics of R-079 and R-074."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A guide to a talk among partners."""

    title: Any
    lede: Any
    questions: tuple[Any, Any, Any]


TALKS: dict[str, Guide] = {
    "authority": Guide(
        title=_("What each of us may and must do"),
        lede=_("Role and authority of each agency for infants and parents affected by substances."),
        questions=(
            _("What does your agency do for these families, and what gives it the authority?"),
            _("What must your agency do that others may not expect?"),
            _("What is asked of you that you have no authority for?"),
        ),
    ),
    "efforts": Guide(
        title=_("What is under way already"),
        lede=_("Initiatives that we could join instead of beginning another one."),
        questions=(
            _("Which initiatives for these families is your agency part of?"),
            _("What came of them, and how do you know?"),
            _("Which of them could carry a part of our work?"),
        ),
    ),
    "recovery": Guide(
        title=_("What we believe about substance use and recovery"),
        lede=_("Beliefs differ. Saying them aloud is how one finds out."),
        questions=(
            _("What do people at your agency believe about why a parent uses substances?"),
            _("What does recovery look like to them, and when is a parent safe to be with her child?"),
            _("Where do these beliefs help families, and where do they get in the way?"),
        ),
    ),
    "medication": Guide(
        title=_("Medication in pregnancy and while nursing"),
        lede=_("What each of us says to a mother who takes medication for opioid use disorder."),
        questions=(
            _("What does your agency tell a pregnant woman about medication for opioid use disorder?"),
            _("What does it say about breastfeeding with such a medication?"),
            _("Where did a family hear different things from two of us?"),
        ),
    ),
    "practice": Guide(
        title=_("How we know that a practice works"),
        lede=_("Signs of good practice, and whether families had enough say in it."),
        questions=(
            _("By what do you see that your practice with these families works?"),
            _("How did families take part in shaping it, and was it enough?"),
            _("What would a family change first?"),
        ),
    ),
    "stigma": Guide(
        title=_("Less stigma"),
        lede=_("What keeps people from asking for help, and what we can do about it."),
        questions=(
            _("Where does a mother meet stigma on her way through our agencies?"),
            _("What have you changed so that she meets less of it?"),
            _("What will you change next, and who helps?"),
        ),
    ),
    "better": Guide(
        title=_("What has become better, and for whom"),
        lede=_("Seen by mothers, by children, and by the whole family."),
        questions=(
            _("What would mothers say has become better in the past year?"),
            _("What would it be for the children?"),
            _("What would the whole family say is still hard?"),
        ),
    ),
    "missing": Guide(
        title=_("Who is missing"),
        lede=_("Who should be at this table and is not."),
        questions=(
            _("Whose work touches these families and is not here?"),
            _("Which families does nobody here speak for?"),
            _("Who will ask them, and by when?"),
        ),
    ),
    "reflection": Guide(
        title=_("A reflection on stigma"),
        lede=_("For each partner: a quiet look at its own house."),
        questions=(
            _("Which words in our forms, letters and meetings would hurt somebody who reads them about herself?"),
            _("Which of our rules treat parents who use substances differently from other patients or clients, and why?"),
            _("What do we do when a colleague speaks of a family with contempt?"),
        ),
    ),
}
