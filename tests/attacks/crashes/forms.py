"""The forms that the attack of crashes fills: read from the page as a browser reads them, sent as a browser sends them, and sent again."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import lxml.html

SECONDS = 30
COOKIE = "careloom_session"


class NotTaken(Exception):
    """The product refused a form that it should take; the text holds what the page said."""


class Gone(Exception):
    """No answer, or one that says that something is down: the write is not acknowledged."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of write: whose form it is, where it stands, the field that bears the mark, what else is filled in, and the row that it makes
    (`only`: where it makes several, which)."""

    name: str
    who: str
    path: str
    marked: str
    more: Mapping[str, str]
    table: str
    column: str
    only: str = "true"


_BORN = time.gmtime(time.time() - 2 * 24 * 3600)
_A_BIRTH = {
    "given_name": "Practice", "babies": "1", "language": "en",
    "born_on_month": str(_BORN.tm_mon), "born_on_day": str(_BORN.tm_mday), "born_on_year": str(_BORN.tm_year),
}  # fmt: skip
KINDS = (
    Kind(name="a goal", who="coordinator", path="/plans/{plan}/goals/new/", marked="words", more={}, table="plans_goal", column="words"),
    Kind(name="a strength", who="coordinator", path="/plans/{plan}/strengths/new/", marked="text", more={}, table="plans_strength", column="text"),
    Kind(
        name="a need", who="coordinator", path="/plans/{plan}/needs/new/", marked="title", more={"code": "HOUSING", "her_choice": "YES"},
        table="plans_need", column="title",
    ),
    Kind(
        name="a referral", who="coordinator", path="/plans/referrals/new/{need}/", marked="organization", more={"kind": "LOGGED"},
        table="plans_referral", column="organization",
    ),
    Kind(
        name="a try to reach her", who="coordinator", path="/following/plans/{plan}/reach/", marked="words", more={"about": "try"},
        table="following_attempt", column="words",
    ),
    Kind(
        name="a message", who="coordinator", path="/messages/of/{mother}/new/", marked="words", more={"parties": "her"},
        table="messages_entry", column="words",
    ),
    Kind(
        name="a line of the minutes", who="coordinator", path="/plans/{plan}/meetings/{meeting}/", marked="words", more={"about": "minute"},
        table="plans_meeting_note", column="words",
    ),
    Kind(name="a draft of a notification", who="nurse", path="/births/new/typed/", marked="family_name", more=_A_BIRTH,
         table="people_record", column="family_name", only="role = 'MOTHER'"),
)  # fmt: skip


@dataclass
class Browser:
    """One signed-in browser: a session, and the token of the forms."""

    port: int
    session: str
    token: str = ""

    def page(self, path: str) -> str:
        """The page at `path`; follows nothing."""
        status, text, _ = self._ask("GET", path)
        if status != 200:
            raise NotTaken(f"{path.split('?')[0]} answers {status}")
        return text

    def send(self, path: str, filled: Mapping[str, str]) -> None:
        """Send a form. Returns when the product acknowledged it: only then does it lead on to another page."""
        status, text, to = self._ask("POST", path, urlencode(filled))
        if status not in (302, 303) or to.startswith(("/account/", "/unlock/")):
            raise NotTaken(f"{status} {to} {_errors(text)}")

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        cookies = f"{COOKIE}={self.session}" + (f"; csrftoken={self.token}" if self.token else "")
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise Gone(type(error).__name__) from error
        finally:
            connection.close()
        # Django says 400 when the session could not be written because the database went away in that moment.
        if answer.status >= 500 or answer.status == 400:
            raise Gone(str(answer.status))
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.token = value.partition("=")[2].partition(";")[0]
        return answer.status, text, urlsplit(answer.getheader("Location") or "").path


def filled(text: str, *, kind: Kind, mark: str) -> dict[str, str]:
    """The form of `kind` as it stands on the page, with its key and the token, what is chosen already, the rest by `more`, and the mark."""
    for form in lxml.html.fromstring(text).iter("form"):
        if (form.get("method") or "get").lower() != "post" or not form.xpath(f".//*[@name='{kind.marked}']"):
            continue
        given = {name: str(value) for name, value in form.form_values()}
        if "about" in kind.more and given.get("about") != kind.more["about"] and form.xpath(".//input[@name='about']"):
            continue
        for control in form.xpath(".//input[@type='radio']"):
            given.setdefault(control.get("name"), control.get("value"))
        return given | dict(kind.more) | {kind.marked: mark}
    raise NotTaken(f"no form for {kind.name} stands on its page")


def _errors(text: str) -> str:
    page = lxml.html.fromstring(text) if text.strip() else None
    found = [] if page is None else page.xpath("//*[contains(@class,'error')]//text()|//h1//text()")
    return " ".join(" ".join(found).split())[:300]
