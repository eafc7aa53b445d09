"""What is left behind by an answer: in a session, in the size of a box, in a key, in a round that nobody closes. Somebody looks there too.

Source: decision 0012; issue 5.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.test import Client
from tests.attacks.test_survey_anonymity import changed, committed, whole_database  # noqa: F401  (a fixture)
from tests.attacks.test_together import at_once
from tests.requirements.conftest import text_of
from tests.requirements.surveys_steps import CODE, Place, a_sheet, answered, closed, codes, opened

from careloom.infra import clock
from careloom.infra.keys import Keyring
from careloom.surveys import actions, secrecy, tasks
from careloom.surveys.instruments import items_of
from careloom.surveys.models import Box, Round, Taken, Tally


def test_an_answer_writes_nothing_about_who_happens_to_be_signed_in(committed: tuple[str, Place]) -> None:  # noqa: F811
    """A member answers in the browser in which she works: her session is not touched, however long she thought about it."""
    name, place = committed
    row = opened(place, "VALUES")
    code = codes(place, row, 1)[0]
    with clock.at(clock.now() + timedelta(minutes=9)):
        before = whole_database(name)
        first = place.hers.get("/partnership/answer/")
        page = place.hers.post("/partnership/answer/", {"code": code, **a_sheet(row, 5)})
        after = whole_database(name)
    assert "Thank you" in text_of(page)
    assert changed(before, after) == {"surveys_box", "surveys_spent"}
    for answer in (first, page):
        assert place.member.worker.name not in answer.content.decode()
        assert "careloom_session" not in answer.cookies
    with clock.at(clock.now() + timedelta(hours=13)):  # and when her day is over, it is not ended by this
        before = whole_database(name)
        assert place.hers.get("/partnership/answer/").status_code == 200
        assert changed(before, whole_database(name)) == set()
    assert place.hers.get(place.room).status_code == 200  # she is still signed in where she works


def test_a_button_pressed_twice_gives_one_code_and_leaves_no_way_to_it(committed: tuple[str, Place]) -> None:  # noqa: F811
    """Two presses at the same moment, and one after: her browser shows the last answer, and no code is lost in the one before."""
    name, place = committed
    row = opened(place, "VALUES")
    page = text_of(place.hers.get(f"{place.room}{row.pk}/"))
    key = page.split('name="request_key" value="')[1].split('"')[0]
    other = Client()
    other.cookies = place.hers.cookies

    def press(client: Client, told: str) -> str:
        answer = client.post(f"{place.room}{row.pk}/code/", {"request_key": told})
        return f"{answer.status_code} {(CODE.findall(answer.content.decode()) or [''])[0]}"

    both = at_once(lambda: press(place.hers, key), lambda: press(other, key))
    codes_of_both = {*both, press(place.hers, key)}
    assert len(codes_of_both) == 1
    status, code = codes_of_both.pop().split()
    assert status == "200"
    for told in ("", "0" * 32, key[:-1], f"{key}0", "x" * 5000):  # another press, or one that somebody made up
        assert press(place.hers, told) == "422 "
    text = "\n".join(line for lines in whole_database(name).values() for line in lines)
    assert not any(secret in text for secret in (key, code, secrecy.plain(code)))
    answered(row, code, a_sheet(row, 3))
    assert len(Taken.objects.get(round=row).workers) == len(Taken.objects.get(round=row).presses) == 1


def test_the_size_of_the_box_says_nothing_about_who_wrote_long(committed: tuple[str, Place]) -> None:  # noqa: F811
    """Somebody reads the database between two arrivals: a long remark in any letters leaves the box as large as a short one."""
    _name, place = committed
    row = opened(place, "CAPACITY")
    sizes = set()
    for code, words in zip(codes(place, row, 4), ("", "é" * 1000, "\U0001f642" * 1000, "\u0416" * 1000), strict=True):
        answered(row, code, a_sheet(row, 3, words=words))
        sizes.add(len(bytes(Box.objects.get(round=row).sealed)))
    assert len(sizes) == 1


def test_the_key_of_a_round_lies_where_no_copy_is_made_and_goes_with_it(committed: tuple[str, Place]) -> None:  # noqa: F811
    _name, place = committed
    row = opened(place, "VALUES")
    kept = {path.name for path in Keyring(home=settings.CARELOOM_HOME).folder.rglob("*")}
    assert not any(row.pk.hex in name for name in kept)
    key = settings.CARELOOM_HOME / secrecy.FOLDER / f"survey-{row.pk.hex}"
    assert key.stat().st_mode & 0o077 == 0
    closed(place, row)
    assert not key.exists()
    Client().post("/partnership/answer/", {"code": codes(place, opened(place, "PULSE"), 1)[0]})
    assert not key.exists()
    secrecy.a_code(row.pk)  # a late request made it again, or a crash left it
    assert key.exists()
    tasks.run(at=clock.now())
    assert not key.exists()


def test_what_is_over_is_counted_without_waiting_for_anybody(committed: tuple[str, Place]) -> None:  # noqa: F811
    """The sheets of a round lie under its key no longer than it is open, also where nobody thinks of closing it."""
    _name, place = committed
    over, on = opened(place, "VALUES"), opened(place, "PULSE")
    for code in codes(place, over, 5):
        answered(over, code, a_sheet(over, 4))
    assert tasks.run(at=clock.now()) == 0
    Round.objects.filter(pk=over.pk).update(closes_on=clock.today() - timedelta(days=1))
    assert tasks.run(at=clock.now()) == 1
    assert tasks.run(at=clock.now()) == 0
    over.refresh_from_db()
    on.refresh_from_db()
    assert (over.state, over.answers, on.state) == ("CLOSED", 5, "OPEN")
    assert not Box.objects.filter(round=over).exists()
    answered(on, codes(place, on, 1)[0], a_sheet(on, 3))  # its key was not touched


def test_the_key_was_lost_and_nobody_is_told_that_an_answer_was_kept(committed: tuple[str, Place]) -> None:  # noqa: F811
    _name, place = committed
    row = opened(place, "VALUES")
    old = codes(place, row, 6)
    for code in old[:5]:
        answered(row, code, a_sheet(row, 5))
    secrecy.destroy_key(row.pk)
    for code in (old[5], codes(place, row, 1)[0]):
        answer = Client().post("/partnership/answer/", {"code": code, **a_sheet(row, 5)})
        assert answer.status_code == 422
        assert "Thank you" not in answer.content.decode()
    closed(place, row)
    assert row.answers is None
    assert not Tally.objects.filter(round=row).exists()


def test_who_comes_while_it_is_closed_is_counted_or_told_so(committed: tuple[str, Place]) -> None:  # noqa: F811
    """Ten send their sheets while it closes: no two block each other, and as many are counted as were thanked."""
    _name, place = committed
    row = opened(place, "VALUES")
    given = codes(place, row, 16)
    for code in given[:6]:
        answered(row, code, a_sheet(row, 5))
    sheet = {"answers": {item["id"]: 3 for item in items_of(row.definition)}, "groups": {}, "votes": [], "words": ""}
    act = [lambda one=one: actions.answer(code=one, at=clock.now(), sheet=sheet) for one in given[6:]]
    told = at_once(*act[:5], lambda: place.browser.post(f"{place.room}{row.pk}/close/").status_code, *act[5:])
    row.refresh_from_db()
    assert told.count(302) == 1
    assert row.state == "CLOSED"
    assert row.answers == 6 + sum(isinstance(one, Round) for one in told)
