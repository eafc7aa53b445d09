"""For every address that takes an id: what exists and is hidden is answered as what was never there, byte for byte, statement for statement.

Source: 42 CFR 2.13(c); DESIGN section 2; J1.15, J2.10, J3.2, J3.13, J5.14.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from secrets import token_urlsafe
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.silence.hidden import NO_FAMILY, WORDS, Hidden, a_hidden_family, addresses_with_ids, another_mother, readers
from tests.silence.same import Answer, ask

from careloom.infra import clock

pytestmark = pytest.mark.django_db
ADDRESSES = addresses_with_ids()
WHO = (
    "a worker of an agency without consent",
    "a colleague without the family on her caseload",
    "a colleague of the hospital without the family",
    "a role without the permission",
    "the mother of another family",
)
FORM = {
    "request_key": uuid4().hex, "row_version": "1", "reason": "NOT_NOW", "words": "x", "text": "x", "answer": "ACCEPTED", "state": "KEPT",
    "worker": str(uuid4()), "how": "SHOW", "language": "en", "note": "x", "code": "HOUSING",
}  # fmt: skip


@pytest.fixture
def hidden(db: None) -> Iterator[Hidden]:
    with clock.at(clock.now()):
        yield a_hidden_family()


def pairs(name: str, parts: tuple[str, ...], ids: dict[str, list[UUID]]) -> Iterator[tuple[str, str]]:
    """The address of each hidden thing and the same with made-up ids."""
    uuids = [part for part in parts if part not in WORDS]
    for chosen in product(*(ids[part] for part in uuids)):
        words = {part: WORDS[part] for part in parts if part in WORDS}
        there = reverse(name, kwargs=words | dict(zip(uuids, chosen, strict=True)))
        nowhere = reverse(name, kwargs=words | {part: uuid4() for part in uuids})
        yield there, nowhere


def led_to_sign_in(answer: Answer) -> bool:
    """Whether the reader was led to a sign-in: this door is not hers at all."""
    where = dict(answer.headers).get("Location", "").partition("?")[0]
    return answer.status == 302 and where in {reverse("account_login"), reverse("portal:sign_in")}


def unlike(first: Answer, second: Answer, part: str) -> str:
    """The first difference between two answers in one of their parts, or nothing."""
    one, other = getattr(first, part), getattr(second, part)
    if one == other:
        return ""
    lines = (str(one).split(">"), str(other).split(">")) if isinstance(one, str) else (one, other)
    return next((f"{a} / {b}"[:300] for a, b in zip(*lines, strict=False) if a != b), "more") if isinstance(one, str | tuple) else f"{one} / {other}"


def test_every_address_with_an_id_is_swept(hidden: Hidden) -> None:
    """A new address of a family finds its hidden thing here; add it to `hidden.py`, or say there why its id is no family's."""
    unknown = {part for _, parts in ADDRESSES for part in parts} - hidden.ids.keys() - WORDS.keys()
    assert unknown == set()
    assert len(ADDRESSES) > 50
    assert all(len(why) > 15 for why in NO_FAMILY.values())


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_is_answered_as_absent(hidden: Hidden, who: str, method: str) -> None:
    client, differ, swept = readers(hidden)[who], [], 0
    for name, parts in ADDRESSES:
        for there, nowhere in pairs(name, parts, hidden.ids):
            data = FORM if method == "post" else {}
            first, second = ask(client, there, method=method, data=data), ask(client, nowhere, method=method, data=data)
            swept += 1
            if led_to_sign_in(first) and led_to_sign_in(second):  # the way back holds the id that the reader typed herself
                assert first.statements == second.statements, name
                continue
            if first != second or first.status not in {404, 405}:
                parts_of = ("status", "headers", "cookies", "body", "statements")
                differ.append((name, first.status, *(f"{part}: {unlike(first, second, part)}" for part in parts_of if unlike(first, second, part))))
    assert differ == []
    assert swept >= len(ADDRESSES)


@pytest.mark.parametrize("name", ["desk:family", "plans:changes", "plans:document", "plans:referrals:page", "notifications:birth"])
def test_the_sweep_can_see(hidden: Hidden, name: str) -> None:
    """The pair of the sweep: who may see each thing gets another answer, so equal answers above mean silence and not a broken page."""
    member = hidden.world.maria if name.startswith("notifications") else hidden.world.dana
    client = Client()
    client.force_login(member.worker.user)
    parts = dict(ADDRESSES)[name]
    there, nowhere = next(pairs(name, parts, hidden.ids))
    assert ask(client, there).status == 200
    assert ask(client, nowhere).status == 404


def test_a_part_of_another_family_under_ones_own_plan_is_absent(hidden: Hidden) -> None:
    """Addresses with two ids: the first is one's own, so only the second can be the question."""
    own = a_hidden_family()
    client = Client()
    client.force_login(own.world.dana.worker.user)
    client.get("/me/")
    double = [(name, parts) for name, parts in ADDRESSES if len([p for p in parts if p not in WORDS]) == 2]
    assert {"plans:review", "plans:family_member", "plans:lead_answer", "desk:appointment_state"} <= {name for name, _ in double}
    differ = []
    for (name, parts), method in product(double, ("get", "post")):
        first, second = parts
        for theirs in hidden.ids[second]:
            there = reverse(name, kwargs={first: own.ids[first][0], second: theirs})
            nowhere = reverse(name, kwargs={first: own.ids[first][0], second: uuid4()})
            data = FORM if method == "post" else {}
            if ask(client, there, method=method, data=data) != ask(client, nowhere, method=method, data=data):
                differ.append((name, method))
    assert differ == []


def test_a_used_or_foreign_one_time_page_is_one_that_never_was(hidden: Hidden) -> None:
    """A link that was answered in another browser, and one nobody made: one answer after the same statements."""
    partner, stranger = Client(), Client()
    page = f"/r/{hidden.token}/"
    assert partner.get(page).status_code == 200
    assert partner.post(page, {"answer": "NOT_NOW", "seen": "NOT_NOW"}).status_code in {200, 302}
    nowhere = ask(stranger, f"/r/{token_urlsafe(32)}/")
    used = ask(stranger, page)
    assert (used.status, used.headers, used.body) == (nowhere.status, nowhere.headers, nowhere.body)


def test_her_pages_do_not_open_to_another_mother(hidden: Hidden) -> None:
    """What she can reach of hers by id answers another mother as a made-up id does, also by htmx."""
    client = another_mother()
    mine = [
        (name, parts)
        for name, parts in ADDRESSES
        if name.startswith("portal:") and name not in {"portal:invite", "portal:reset", "portal:handout_give"}
    ]
    assert len(mine) >= 5
    for name, parts in mine:
        for there, nowhere in pairs(name, parts, hidden.ids):
            for method in ("get", "post"):
                assert ask(client, there, method=method, data=FORM, htmx=True) == ask(client, nowhere, method=method, data=FORM, htmx=True), name
