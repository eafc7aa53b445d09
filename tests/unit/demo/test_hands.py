"""Several processes take the families of the county between them, each once."""

from __future__ import annotations

import os
import sys
from collections import Counter

import pytest

from careloom.demo.load.hands import WORTH_IT, HandLost, play_all

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="one process loads the county elsewhere")


def test_each_family_is_played_once_and_every_refusal_is_counted() -> None:
    refused = play_all(40, play=lambda number: Counter({f"family {number}": 1}), hands=3)
    assert refused == Counter({f"family {number}": 1 for number in range(40)})


def test_few_families_are_played_here_and_in_order() -> None:
    order: list[int] = []

    def play(number: int) -> Counter[str]:
        order.append(number)
        return Counter()

    play_all(WORTH_IT - 1, play=play, hands=4)
    assert order == list(range(WORTH_IT - 1))


def test_a_helper_that_is_lost_is_told() -> None:
    here = os.getpid()

    def play(number: int) -> Counter[str]:
        if os.getpid() != here:
            os._exit(3)
        return Counter()

    with pytest.raises(HandLost):
        play_all(200_000, play=play, hands=2)


def test_what_fails_here_is_raised() -> None:
    here = os.getpid()

    def play(number: int) -> Counter[str]:
        if os.getpid() == here:
            raise ZeroDivisionError
        return Counter()

    with pytest.raises(ZeroDivisionError):
        play_all(100_000, play=play, hands=2)
