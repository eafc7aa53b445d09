"""The registers as data: what each asks for an entry, who may write in it, and how it is ordered. Forms, lists and checks are made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.knowledge import models, words
from careloom.partnership.models import Partner


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "TEXT"
    LONG = "LONG"
    TAGS = "TAGS"
    LINK = "LINK"
    MAIL = "MAIL"
    DAY = "DAY"
    COMING = "COMING"
    YEAR = "YEAR"
    NUMBER = "NUMBER"
    HOURS = "HOURS"
    PERCENT = "PERCENT"
    YES = "YES"
    ONE = "ONE"
    MANY = "MANY"
    ROW = "ROW"


@dataclass(frozen=True, kw_only=True)
class Asks:
    """One field. `options`: codes with words for ONE and MANY; `of`: the model that a ROW names, shown by its `name` or `title`."""

    name: str
    label: Any
    kind: Kind = Kind.TEXT
    required: bool = True
    most: int = 160
    options: Mapping[str, Any] | None = None
    of: Any = None
    hint: Any = ""


class Writer(StrEnum):
    """Who may write: everybody with a part in it, a partner for itself, or who leads."""

    MEMBER = "MEMBER"
    PARTNER = "PARTNER"
    LEADER = "LEADER"


@dataclass(frozen=True, kw_only=True)
class Register:
    """A register: `filters` are the fields by which its page can be narrowed."""

    code: str
    model: Any
    title: Any
    lede: Any
    add: Any
    empty: Any
    asks: tuple[Asks, ...]
    order: tuple[str, ...]
    writer: Writer = Writer.MEMBER
    filters: tuple[str, ...] = ()

    def field(self, name: str) -> Asks | None:
        """One of its fields."""
        return next((one for one in self.asks if one.name == name), None)


PARTNER = Asks(name="partner", label=_("Partner"), kind=Kind.ROW, of=Partner)
FROM = Asks(name="partner", label=_("From which partner?"), kind=Kind.ROW, of=Partner, required=False, hint=_("None: from outside."))
LEVEL = Asks(name="level", label=_("Level"), kind=Kind.ONE, options=words.STAFF_LEVELS)
LINK = Asks(name="link", label=_("Link"), kind=Kind.LINK, most=300, required=False)
ON = Asks(name="on", label=_("On"), kind=Kind.DAY)
NOTE = Asks(name="note", label=_("More about it"), required=False, most=200)

REGISTERS: dict[str, Register] = {
    one.code: one
    for one in (
        Register(
            code="contacts", model=models.Contact, title=_("Whom to call"), add=_("Add a contact"), empty=_("No contact yet."),
            lede=_("Contacts, liaisons, who is on call, and who sits at a partner."), order=("partner__name", "kind", "name"),
            writer=Writer.PARTNER, filters=("kind", "partner"),
            asks=(
                Asks(name="name", label=_("Name"), most=120), PARTNER,
                Asks(name="kind", label=_("As what?"), kind=Kind.ONE, options=words.CONTACT_KINDS),
                Asks(name="title", label=_("Title"), most=80, required=False), Asks(name="line", label=_("Phone"), most=40, required=False),
                Asks(name="mail", label=_("E-mail"), kind=Kind.MAIL, most=120, required=False),
                Asks(name="hours", label=_("When, and where"), most=120, required=False, hint=_("Such as Tuesdays at the hospital, or nights.")),
            ),
        ),
        Register(
            code="transfer", model=models.Transfer, title=_("Who taught what to whom"), add=_("Write it down"), empty=_("Nothing written down yet."),
            lede=_("What one of us showed to others, so that it does not have to be found out twice."), order=("-on", "subject"),
            asks=(
                Asks(name="subject", label=_("What was taught?")), Asks(name="taught_by", label=_("By whom?"), most=120),
                Asks(name="taught_to", label=_("To whom?")), ON, LINK, NOTE,
            ),
        ),
        Register(
            code="library", model=models.Resource, title=_("Library"), add=_("Add a document"), empty=_("No document yet."),
            lede=_("Documents worth reading, with the year and why."), order=("-year", "title"), filters=("tags", "year"),
            asks=(
                Asks(name="title", label=_("Title"), most=200), Asks(name="by_whom", label=_("Whose is it?"), most=120, required=False),
                Asks(name="year", label=_("Year"), kind=Kind.YEAR), Asks(name="link", label=_("Link"), kind=Kind.LINK, most=300),
                Asks(name="tags", label=_("Tags"), kind=Kind.TAGS, required=False, hint=_("With commas between them.")),
                Asks(name="why", label=_("Why read it?"), most=300, required=False),
            ),
        ),
        Register(
            code="courses", model=models.Course, title=_("Training catalog"), add=_("Add a training"), empty=_("No training yet."),
            lede=_("Cross-training, tutorials, and training on stigma."), order=("subject", "title"), filters=("subject",), writer=Writer.LEADER,
            asks=(
                Asks(name="title", label=_("Title")), Asks(name="subject", label=_("What is it about?"), kind=Kind.ONE, options=words.SUBJECTS),
                Asks(name="partner", label=_("Whose system does it teach?"), kind=Kind.ROW, of=Partner, required=False),
                Asks(name="given_by", label=_("Who gives it?"), most=120, required=False), Asks(name="hours", label=_("Hours"), kind=Kind.HOURS),
                Asks(name="gate", label=_("Members take it before they take part"), kind=Kind.YES),
                Asks(name="levels", label=_("For whom?"), kind=Kind.MANY, options=words.STAFF_LEVELS), LINK,
            ),
        ),
        Register(
            code="staff", model=models.Staff, title=_("How many people work where"), add=_("Add a number"), empty=_("No number yet."),
            lede=_("Completion is counted against these numbers. Nobody is named."), order=("partner__name", "level"), writer=Writer.PARTNER,
            asks=(PARTNER, LEVEL, Asks(name="people", label=_("People"), kind=Kind.NUMBER), Asks(name="as_of", label=_("As of"), kind=Kind.DAY)),
        ),
        Register(
            code="taken", model=models.Taken, title=_("Training that was taken"), add=_("Write down a training"),
            empty=_("Nothing written down yet."),
            lede=_("How many people of which level took a training. Nobody is named."), order=("-on", "partner__name"),
            writer=Writer.PARTNER, filters=("course", "partner"),
            asks=(
                Asks(name="course", label=_("Training"), kind=Kind.ROW, of=models.Course), PARTNER, LEVEL,
                Asks(name="people", label=_("How many people?"), kind=Kind.NUMBER), ON,
            ),
        ),
        Register(
            code="requests", model=models.Exchange, title=_("Training and advice for each other"), add=_("Ask for something"),
            empty=_("Nobody asked for anything yet."), order=("state", "by_day"), filters=("state", "asked_of"),
            lede=_("One discipline asks another. Write no family into it: advice about one family belongs to its plan."),
            asks=(
                Asks(name="subject", label=_("About what?")),
                Asks(name="kind", label=_("What do you need?"), kind=Kind.ONE, options=words.EXCHANGE_KINDS),
                Asks(name="partner", label=_("Who asks?"), kind=Kind.ROW, of=Partner),
                Asks(name="asked_of", label=_("Whom do you ask?"), kind=Kind.ONE, options=words.ASKED_OF),
                Asks(name="by_day", label=_("By when?"), kind=Kind.COMING, required=False),
                Asks(name="state", label=_("How does it stand?"), kind=Kind.ONE, options=words.EXCHANGE_STATES),
                Asks(name="answer", label=_("What came of it?"), most=300, required=False),
            ),
        ),
        Register(
            code="champions", model=models.Champion, title=_("Champions"), add=_("Add a champion"), empty=_("No champion yet."),
            lede=_("People of any title who carry this work. From outside is fine, and so is a critical voice."), order=("name",),
            asks=(
                Asks(name="name", label=_("Name"), most=120), Asks(name="title", label=_("Title"), most=120, required=False), FROM,
                Asks(name="influences", label=_("What or whom does this person move?"), most=200),
                Asks(name="critical", label=_("A critical voice"), kind=Kind.YES),
                Asks(name="reviewed_on", label=_("Last talked over on"), kind=Kind.DAY),
            ),
        ),
        Register(
            code="materials", model=models.Material, title=_("What we handed out"), add=_("Write it down"), empty=_("Nothing written down yet."),
            lede=_("Leaflets, talks and posters: what, where, and how much."), order=("-on", "what"), filters=("language",),
            asks=(
                Asks(name="what", label=_("What?")), Asks(name="place", label=_("Where?"), most=120),
                Asks(name="rural", label=_("A rural place"), kind=Kind.YES), Asks(name="pieces", label=_("How many?"), kind=Kind.NUMBER),
                Asks(name="language", label=_("In which language?"), kind=Kind.ONE, options=words.LANGUAGES), ON,
            ),
        ),
        Register(
            code="stakeholders", model=models.Stakeholder, title=_("Who speaks for families"), add=_("Add somebody"), empty=_("Nobody yet."),
            lede=_("People and groups who stand for the families whom you serve."), order=("state", "name"), filters=("state",), writer=Writer.LEADER,
            asks=(
                Asks(name="name", label=_("Person or group"), most=120), Asks(name="stands_for", label=_("For which families?")),
                Asks(name="state", label=_("How does it stand?"), kind=Kind.ONE, options=words.STAKEHOLDER_STATES), NOTE,
            ),
        ),
        Register(
            code="bodies", model=models.Related, title=_("Related bodies"), add=_("Add a body"), empty=_("No related body yet."),
            lede=_("Others who work in this field, their part in each phase, and who keeps in touch."), order=("name",), filters=("phases",),
            asks=(
                Asks(name="name", label=_("Name")), Asks(name="kind", label=_("What is it?"), kind=Kind.ONE, options=words.BODY_KINDS),
                Asks(name="phases", label=_("In which phases does it work?"), kind=Kind.MANY, options=words.PHASES),
                Asks(name="role", label=_("What does it do there?"), kind=Kind.LONG, most=300),
                Asks(name="liaison", label=_("Who of us keeps in touch?"), most=120, required=False),
                Asks(name="overlap", label=_("Where does it touch our work?"), kind=Kind.LONG, most=300, required=False),
            ),
        ),
        Register(
            code="efforts", model=models.Initiative, title=_("What is being done"), add=_("Add what is being done"),
            empty=_("Nothing written down yet."),
            lede=_("Ours and others'. The same aim for the same families shows as double."), order=("outcome", "population", "title"),
            filters=("outcome", "population"),
            asks=(
                Asks(name="title", label=_("What?")),
                Asks(name="related", label=_("Whose is it?"), kind=Kind.ROW, of=models.Related, required=False, hint=_("None: ours.")),
                Asks(name="outcome", label=_("For which aim?"), kind=Kind.ONE, options=words.OUTCOMES),
                Asks(name="population", label=_("For whom?"), kind=Kind.ONE, options=words.POPULATIONS), NOTE,
            ),
        ),
        Register(
            code="community", model=models.Community, title=_("The community we serve"), add=_("Add a share"), empty=_("No share yet."),
            lede=_("From a public source, such as the census."), order=("dimension", "-percent"), writer=Writer.LEADER, filters=("dimension",),
            asks=(
                Asks(name="dimension", label=_("What is counted?"), kind=Kind.ONE, options=words.DIMENSIONS),
                Asks(name="part", label=_("Which people?"), kind=Kind.ONE, options=words.SELF_SAID),
                Asks(name="percent", label=_("Percent of the community"), kind=Kind.PERCENT), Asks(name="source", label=_("Source")),
                Asks(name="year", label=_("Year"), kind=Kind.YEAR),
            ),
        ),
    )
}  # fmt: skip
