"""What changed between two versions, in words of both."""

from __future__ import annotations

from uuid import UUID, uuid4

from careloom.kernel.plan import ChangeKind, Item, ItemKind, current_items, difference

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def need(**body: str) -> Item:
    return Item(kind=ItemKind.NEED, id=A, body={"title": "A home", "her_choice": "YES", "her_words": "", "result": "OPEN"} | body)


def goal(words: str, *, id: UUID = B, **facts: object) -> Item:
    return Item(kind=ItemKind.GOAL, id=id, body={"words": words, "state": "OPEN"}, **facts)  # type: ignore[arg-type]


def step(kind: str, value: str, *, at: str, words: str = "") -> Item:
    body = {"step": kind, "value": value, "words": words, "reason": ""}
    return Item(kind=ItemKind.STEP, id=uuid4(), of=A, at=at, body=body)


def test_nothing_changed_says_nothing() -> None:
    assert difference(old=[need(), goal("Home by fall")], new=[need(), goal("Home by fall")]) == ()


def test_what_is_new_is_added() -> None:
    (change,) = difference(old=[], new=[need()])
    assert (change.kind, change.title) == (ChangeKind.ADDED, "A home")


def test_a_changed_field_is_told_in_both_words() -> None:
    (change,) = difference(old=[need()], new=[need(title="A home for three")])
    assert (change.field, change.old, change.new) == ("title", "A home", "A home for three")


def test_a_need_that_is_met_is_resolved_and_not_just_changed() -> None:
    (change,) = difference(old=[need()], new=[need(result="MET")])
    assert change.kind is ChangeKind.RESOLVED


def test_what_is_gone_has_ended() -> None:
    (change,) = difference(old=[need()], new=[])
    assert (change.kind, change.title) == (ChangeKind.ENDED, "A home")


def test_a_goal_let_go_has_ended_and_its_leaving_later_says_nothing_again() -> None:
    over = Item(kind=ItemKind.GOAL, id=B, body={"words": "Home", "state": "LET_GO"})
    (change,) = difference(old=[goal("Home")], new=[over])
    assert change.kind is ChangeKind.ENDED
    assert difference(old=[over], new=[]) == ()


def test_her_own_goal_in_place_of_the_agencys_is_one_change_in_her_words() -> None:
    hers = goal("Home before summer", id=C, supersedes=B, hers=True)
    (change,) = difference(old=[goal("Home by fall")], new=[goal("Home by fall"), hers])
    assert (change.kind, change.field, change.old, change.new) == (ChangeKind.CHANGED, "words", "Home by fall", "Home before summer")
    assert change.hers


def test_a_reader_who_does_not_see_her_row_sees_the_words_that_stood() -> None:
    assert difference(old=[goal("Home by fall")], new=[goal("Home by fall")]) == ()


def test_the_latest_step_that_was_said_is_how_the_need_stands() -> None:
    (shown,) = current_items([need(), step("CHOICE", "NO", at="2026-02"), step("CHOICE", "NOT_NOW", at="2026-01")])
    assert shown.body["her_choice"] == "NO"


def test_her_no_is_told_as_her_words_and_resolves_nothing() -> None:
    told = difference(old=[need()], new=[need(), step("CHOICE", "NO", at="2026-02", words="I took it before.")])
    assert {(change.field, change.new, change.hers) for change in told} == {("her_choice", "NO", True), ("her_words", "I took it before.", True)}


def test_two_rows_of_one_infant_are_one_infant() -> None:
    rows = [Item(kind=ItemKind.INFANT, id=C, body={"infant": "x", "ended": ended}) for ended in ("", "YES")]
    assert [item.body["ended"] for item in current_items(rows)] == [""]
