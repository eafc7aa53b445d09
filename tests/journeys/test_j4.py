"""J4: the mother on a phone of 320 pixels, in Spanish and in English, from the text message to the phone that forgets her."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Browser, Page
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.journeys.conftest import RULES, Visitor, assert_accessible
from tests.journeys.test_her_page import come_in
from tests.several.stories import Post

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.referral import Kind, State
from careloom.messages.actions import Written, plan_appointment, start_thread
from careloom.messages.models import Appointment, Entry
from careloom.people.actions import PersonFacts, put_person
from careloom.plans.actions import add_goal, add_need, start_plan
from careloom.plans.models import Goal, HerView, Need, NeedStep, PlanOfSafeCare, Referral
from careloom.plans.queries import plan_parts
from careloom.plans.referrals.actions import answer_referral, send_referral
from careloom.plans.referrals.answers import Answer, Ask, Moved
from careloom.portal import actions, words
from careloom.portal.actions import Invited
from careloom.portal.models import ServiceRating

PHONE, PIN = "555-0164", "482913"
MOST_BYTES = 100 * 1024
pytestmark = pytest.mark.browser


@dataclass
class Story:
    """The family as it stands when the text message arrives. `texts` are the messages that left."""

    dana: Membership
    county: Agency
    texts: Sequence[str]
    mother: UUID = field(default_factory=uuid4)
    plan: UUID = field(default_factory=uuid4)
    goal: UUID = field(default_factory=uuid4)
    parenting: UUID = field(default_factory=uuid4)
    referral: UUID = field(default_factory=uuid4)
    consent: UUID = field(default_factory=uuid4)

    def link(self) -> str:
        """The path of the newest link that left by text message."""
        return re.findall(r"(/my/in/\S+)", "\n".join(self.texts))[-1]


@pytest.fixture
def story(site: str, monkeypatch: pytest.MonkeyPatch) -> Story:
    at = clock.now() - timedelta(minutes=1)
    with clock.at(at - timedelta(minutes=1)):
        riverbend = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True, is_covered_entity=True, name=f"Program {uuid4()}")
        county = an_agency(kind=AgencyKind.CPS_AGENCY, name=f"County {uuid4()}")
        dana = a_worker(Role.CARE_COORDINATOR, agency=riverbend, name="Dana Whitlock", email=f"{uuid4()}@example.org")
    told = Story(dana=dana, county=county, texts=Post(monkeypatch))
    by = viewer(dana)
    with transaction.atomic(), acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Marisol", family_name="Valdeluna", language="es", phone=PHONE)
        told.mother = put_person(by=by, at=at, facts=facts, category="posc.plan_core").identity_id
        assign(by=by, worker_id=dana.worker_id, identity_ids=[told.mother], at=at)
        plan = start_plan(by=by, at=at, mother_id=told.mother, pregnancy_id=uuid4(), pack="columbia", request_key=uuid4().hex)
        assert isinstance(plan, PlanOfSafeCare)
        goal = add_goal(by=by, at=at, plan_id=plan.pk, words="A door I can lock.", request_key=uuid4().hex)
        housing = add_need(by=by, at=at, plan_id=plan.pk, code="HOUSING", request_key=uuid4().hex, her_choice="YES")
        parenting = add_need(by=by, at=at, plan_id=plan.pk, code="PARENTING_CLASS", request_key=uuid4().hex)
        assert isinstance(goal, Goal)
        assert isinstance(housing, Need)
        assert isinstance(parenting, Need)
        told.plan, told.goal, told.parenting = plan.pk, goal.pk, parenting.pk
        sent = send_referral(
            by=by, at=at, need_id=housing.pk, ask=Ask(kind=Kind.LOGGED, organization="County Housing Office"), request_key=uuid4().hex
        )
        assert isinstance(sent, Moved)
        told.referral = sent.referral.pk
        for state in (State.ACCEPTED, State.ATTENDED):
            answer_referral(by=by, at=clock.now(), referral_id=told.referral, answer=Answer(state=state), request_key=uuid4().hex)
        starts_at = (clock.now() + timedelta(days=3)).replace(hour=15, minute=0, second=0, microsecond=0)
        for kind, title in (("VISIT", "Dosing"), ("COURT", "Hearing")):
            plan_appointment(by=by, at=at, identity_id=told.mother, kind=kind, title=title, neutral_title="", starts_at=starts_at)
        draft = Draft(
            identity_id=told.mother, subject_ids=(told.mother,), kind="specific", discloser_ids=(riverbend.pk,), recipient_ids=(county.pk,),
            information=("posc.plan_core",), purposes=("care_coordination",), expires_on=clock.today() + timedelta(days=90),
        )  # fmt: skip
        signed = sign_consent(by=by, at=at, draft=draft, signature=Signature(method="SCREEN", name="Practice Mother"), request_key=uuid4().hex)
        assert isinstance(signed, Signed)
        told.consent = signed.consent.pk
        start_thread(
            by=by, at=clock.now(), identity_id=told.mother, topic="RIDE", agency_ids=[], with_her=True,
            written=Written(words="Tom can drive you."), request_key=uuid4().hex,
        )  # fmt: skip
    with transaction.atomic(), acting_as(by):
        done = actions.invite(by=by, at=clock.now(), identity_id=told.mother, language="es", phone=PHONE, request_key=uuid4().hex)
    assert isinstance(done, Invited)
    return told


@dataclass
class Phone:
    """Her phone, and what was found wrong on the way."""

    page: Page
    site: str
    found: list[object] = field(default_factory=list)

    def open(self, path: str) -> str:
        """A page of hers: sound for axe, no wider than the phone, and light; its words."""
        answer = self.page.goto(f"{self.site}/my/{path}")
        assert answer is not None
        assert answer.status == 200, path
        return self.look(path)

    def look(self, name: str) -> str:
        """The same for the page that is open."""
        self.found += [(name, v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(self.page, options=RULES).response["violations"]]
        if self.page.evaluate("document.documentElement.scrollWidth") > 320:
            self.found.append((name, "wider than 320"))
        if len(self.page.content()) > MOST_BYTES:
            self.found.append((name, "too heavy"))
        return self.page.inner_text("main")

    def send(self) -> None:
        """The form's own button, by keyboard."""
        self.page.locator("main form button:visible").last.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, selector: str) -> None:
        """A button or a link that leads on."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


def test_the_team_s_screens_of_messages_are_sound(story: Story, visit: Callable[..., Visitor]) -> None:
    worker = visit(story.dana)
    of = f"/messages/of/{story.mother}/"
    with transaction.atomic(), acting_as(viewer(story.dana)):
        thread = Entry.objects.filter(identity_id=story.mother).values_list("thread_id", flat=True).first()
    names = {
        of: "messages", f"{of}new/": "message-new", f"{of}reach/": "reach", f"/messages/thread/{thread}/": "thread",
        "/messages/calendar/": "calendar",
        "/messages/safety/": "safety-policy", f"/families/{story.mother}/knows/": "knows", f"/my/handout/give/{story.mother}/": "handout-give",
        f"/my/invite/{story.mother}/": "her-page",
    }  # fmt: skip
    for path, name in names.items():
        assert_accessible(worker.go(path), name=name)


@pytest.mark.parametrize("language", ["es", "en"])
def test_her_way_from_the_text_message_to_the_phone_that_forgets_her(story: Story, language: str, site: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 700}, locale=language)
    context.set_default_timeout(15_000)
    context.route(re.compile("weather"), lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    phone, by = Phone(page=context.new_page(), site=site), viewer(story.dana)
    page = phone.page

    # 1 The text message tells nothing; the link asks for a PIN and opens her page.
    assert [word for text in story.texts for word in words.FORBIDDEN if word in text.split("http")[0].lower()] == []
    come_in(page, site, story.link())
    home = phone.look("home")
    assert page.title() in {"Plan familiar", "Family plan"}
    assert ("Marisol" in home, "A door I can lock." in home) == (True, True)

    # 2 What to expect, read or heard.
    phone.open("expect/")
    listen = page.locator("[data-listen]")
    assert listen.is_visible() is page.evaluate("'speechSynthesis' in window && typeof SpeechSynthesisUtterance !== 'undefined'")
    if listen.is_visible():
        listen.click()
        assert listen.get_attribute("aria-pressed") == "true"
        listen.click()
        assert listen.get_attribute("aria-pressed") == "false"

    # 3 Her goal in her words; a no to the class, with the reason. The plan is not held up by it.
    phone.open(f"goals/{story.goal}/")
    page.fill("[name=words]", "Un hogar con puerta.")
    phone.send()
    phone.open(f"wants/{story.parenting}/")
    page.check("[name=choice][value=NO]", force=True)
    page.fill("[name=words]", "I work then.")
    phone.send()
    with transaction.atomic(), acting_as(by):
        assert [goal.row.words for goal in plan_parts(viewer=by, plan_id=story.plan).goals] == ["Un hogar con puerta."]
        said = NeedStep.objects.filter(need_id=story.parenting).latest("at")
        assert (said.value, said.words, said.hers) == ("NO", "I work then.", True)

    # 4 Who knows what; she stops sharing with the county, on a page with two equal buttons.
    phone.open("knows/")
    phone.press(f"a[href='/my/sharing/{story.consent}/']")
    phone.look("stop")
    phone.press("main form button")
    assert page.url == f"{site}/my/"
    with transaction.atomic(), acting_as(viewer(a_worker(Role.CPS_WORKER, agency=story.county, email=f"{uuid4()}@example.org"))):
        assert not PlanOfSafeCare.objects.filter(pk=story.plan).exists()

    # 5 Her card: a code for ten minutes.
    phone.open("card/")
    phone.press("main form button")
    assert re.search(r"[A-Z0-9]{4} [A-Z0-9]{4}", phone.look("card code"))

    # 6 Two visits at one hour, and a ride.
    phone.open("visits/")
    assert page.locator("main article b").count() == 2
    phone.press("form[action$='/ride/'] button")
    with transaction.atomic(), acting_as(by):
        assert Appointment.objects.filter(identity_id=story.mother, ride_wanted=True).count() == 1

    # 7 No help yet: the referral opens again.
    phone.open(f"helped/{story.referral}/")
    page.check("[name=helped][value=NO]", force=True)
    phone.send()
    with transaction.atomic(), acting_as(by):
        assert Referral.objects.get(pk=story.referral).state == State.REOPENED

    # 8 Leave fast; whoever picks the phone up meets the PIN.
    phone.open("")
    page.click(".cl-exit")
    page.wait_for_url(re.compile("weather"))
    # The browser sends the leaving along behind her back; who is faster meets the PIN too, after the session was ended again.
    page.goto(f"{site}/my/plan/")
    page.wait_for_url(re.compile("/my/sign-in/"))
    phone.look("PIN")
    page.fill("[name=pin]", PIN)
    phone.send()

    # 9 The checklist, how a service was, and her view beside a sentence.
    phone.open("skills/")
    page.check("[name=skills][value=CAR_SEAT]", force=True)
    phone.send()
    phone.open(f"rate/{story.referral}/")
    page.check("[name=says][value=NOT_GOOD]", force=True)
    phone.send()
    phone.open(f"plan/NEED/{story.parenting}/")
    page.check("[name=says][value=DISAGREE]", force=True)
    page.fill("[name=words]", "I was not asked.")
    phone.send()
    assert "I was not asked." in phone.look("plan")
    with transaction.atomic(), acting_as(by):
        assert ServiceRating.objects.get(referral_id=story.referral).says == "NOT_GOOD"
        assert HerView.objects.filter(item_id=story.parenting, says="DISAGREE").exists()

    # Messages: her team wrote, she answers.
    phone.open("messages/")
    phone.press("main .cl-who a")
    assert "Tom can drive you." in phone.look("thread")
    page.fill("[name=words]", "Gracias.")
    phone.press("section form button")
    with transaction.atomic(), acting_as(by):
        assert Entry.objects.filter(identity_id=story.mother, words="Gracias.", provenance="self_reported").exists()
    for path in ("messages/new/", "reach/", "handout/", "rate/", "visits/calendar/", "rights/", "family/", "call/"):
        phone.open(path)

    # 13 Her mother may see the plan, and nothing more than the plan.
    phone.open("supporters/")
    page.fill("[name=name]", "Elena")
    page.fill("[name=phone]", "555-0165")
    phone.send()
    elena = chromium.new_context(viewport={"width": 320, "height": 700}, locale=language)
    hers = Phone(page=elena.new_page(), site=site)
    come_in(hers.page, site, story.link())
    assert "Un hogar con puerta." in hers.look("supporter")
    hers.page.goto(f"{site}/my/messages/")
    assert hers.page.url == f"{site}/my/"
    elena.close()

    # 10 She prints her plan, and this phone forgets her.
    assert "Un hogar con puerta." in phone.open("print/")
    phone.open("")
    phone.press("button[name=delete]")
    page.goto(f"{site}/my/")
    assert page.url.endswith("/my/sign-in/")
    assert page.locator("[name=pin]").count() == 0
    assert (phone.found, hers.found) == ([], [])
    context.close()
