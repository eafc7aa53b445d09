"""Gallery: small parts, work items and the portal."""

from __future__ import annotations

from careloom.infra.ui import components as c
from careloom.infra.ui.components import Link, Status
from careloom.infra.ui.gallery.section import Section


def small() -> Section:
    """Statuses, tabs, notices and the empty state."""
    tabs = c.Tabs(label="This family", items=(("Plan", "#", True), ("Story so far", "#", False), ("Consents", "#", False)))
    crumbs = c.Crumbs(links=(Link(label="Marisol and Mateo", url="#"),), here="consents")
    states = tuple(
        Status(words=w, tone=t, icon=i)  # type: ignore[arg-type]
        for w, t, i in [
            ("Complete", "done", "check"),
            ("With their council", "move", "edit"),
            ("Call by noon", "wait", "schedule"),
            ("4 working days late", "late", "update"),
            ("Her plan", "her", ""),
            ("Paused", "", ""),
        ]
    )
    levels = tuple(
        c.Notice(text=t, level=v)
        for t, v in [
            ("Numbers are counted again each night.", "info"),
            ("Saved.", "success"),
            ("The line to the state was down until 9 AM.", "warning"),
            ("Nothing was sent. Try again.", "error"),
        ]
    )  # type: ignore[arg-type]
    empty = c.EmptyState(text="No needs yet.", next_step=Link(label="Add the first need", url="#", kind="outline", icon="add"))
    return Section(key="small", title="Small parts", items=(crumbs, tabs, *states, *levels, c.SaveState(words="Saved 3:41 AM"), empty))


def today() -> Section:
    """Work items in each state."""
    family = Link(label="Marisol", url="#")
    first = c.WorkItem(
        before="Call",
        family=family,
        after="about housing",
        first=True,
        why="Harbor House lost the room. She answered “No” to “Did you get help?”",
        status=Status(words="Call by noon", tone="wait", icon="schedule"),
        notes=("Asked for last night, 9:14 PM", "Spanish. Text first, 9 AM to 2 PM"),
        action=Link(label="Call Marisol", url="#", icon="phone", kind="solid", big=True),
    )
    late = c.WorkItem(
        before="Set the 60-day review for",
        family=Link(label="Jasmine and Eli", url="#"),
        why="It was due Friday, March 6. Priya, your supervisor, was told Wednesday and can take it.",
        status=Status(words="4 working days late", tone="late", icon="update"),
        notes=("If not set by March 20, counted without names on the partnership page",),
        action=Link(label="Pick a time", url="#", kind="outline"),
    )
    waiting = c.WorkItem(
        before="MapleCare: rides for",
        family=family,
        due="Answer due tomorrow",
        notes=("Asked Monday. If no answer, their supervisor is asked",),
        action=Link(label="Remind now", url="#", kind="quiet", post=True),
    )
    done = c.Done(words="Crib brought to Jo. Thank you.", undo=Link(label="Undo", url="#", kind="quiet", post=True))
    none = c.EmptyState(text="Nothing else needs you.", next_step=Link(label="See your families", url="#"))
    return Section(
        key="work",
        title="Work items",
        css="cl-stack--lg",
        items=(
            c.WorkSection(key="now", title="Needs you now", count="3", items=(first, late, done)),
            c.WorkSection(key="others", title="Waiting on others", count="1, and Careloom reminds them", items=(waiting,)),
            c.WorkSection(key="later", title="This week", count="0", items=(), empty=none),
            c.Day(
                entries=(
                    c.DayEntry(at="09:00", shown="9:00", what="Team huddle", note="Room 2, 15 minutes"),
                    c.DayEntry(
                        at="10:30",
                        shown="10:30",
                        what="Home visit, Tanya and Jo",
                        note="25 minutes away.",
                        link=Link(label="Sheet for offline", url="#"),
                    ),
                )
            ),
        ),
    )


def portal() -> Section:
    """Parts of the phone page."""
    visit = c.Appointment(
        title="Su próxima cita",
        day="Lunes 16 de marzo",
        hour="2:00 de la tarde",
        what="Bea va a su casa. Trae la báscula para pesar a Mateo.",
        actions=(Link(label="Pedir viaje", url="#", icon="directions_car", kind="solid"), Link(label="Cambiar", url="#", kind="outline")),
    )
    wants = c.Wants(
        items=(
            c.Want(icon="home", tone="late", head="A place for the three of us", text="Harbor House lost the room. Dana calls you today."),
            c.Want(icon="check_circle", tone="done", head="Crib and car seat", text="Done."),
        )
    )
    team = c.WhoList(rows=(c.WhoRow(name="Dana Whitlock", note="Guides your plan", call_url="tel:5550100", call_label="Call Dana"),))
    stop = c.WhoList(
        rows=(
            c.WhoRow(
                name="Home visits",
                note="They see your plan and visits until August 20.",
                action=Link(label="Stop sharing", hidden="with home visits", url="#", kind="outline"),
            ),
        )
    )
    return Section(key="portal", title="Portal", items=(visit, wants, team, stop), css="cl-grid cl-grid--66 cl-grid--top", wrap="cl-card")


def meeting() -> Section:
    """Parts of the room screen."""
    agenda = c.Agenda(
        items=(
            c.AgendaItem(label="How are you both?", note="10 minutes", state="done", url="#"),
            c.AgendaItem(label="What you want", note="2 of 4 talked about", state="now"),
            c.AgendaItem(label="Read it back and sign", note="5 minutes"),
        )
    )
    agreed = c.Agreements(
        rows=(
            c.Agreement(what="Put the family on the Hope Street list", who="Dana", when="today"),
            c.Agreement(what="Write down what the room must have", who="Marisol", when="March 24", her=True),
        )
    )
    return Section(key="meeting", title="Meeting", items=(agenda, agreed), css="cl-grid cl-grid--57 cl-grid--top", wrap="cl-card")
