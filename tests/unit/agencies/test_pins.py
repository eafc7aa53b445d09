"""Which PINs may be used."""

from __future__ import annotations

import pytest

from careloom.agencies import pins


@pytest.mark.parametrize("pin", ["274913", "100245", "998877"])
def test_a_pin_that_is_not_guessed_soon_may_be_used(pin: str) -> None:
    assert pins.is_good(pin)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "123456", "654321", "567890", "111111", "121212", "12345a", "١٢٣٤٧٩", "27 913"])
def test_a_pin_that_is_guessed_soon_may_not(pin: str) -> None:
    assert not pins.is_good(pin)


def test_a_pin_opens_what_was_sealed_with_it_and_nothing_else() -> None:
    kept = pins.sealed("274913")
    assert pins.opens("274913", kept)
    assert not pins.opens("274914", kept)
    assert "274913" not in kept


def test_nobody_has_the_empty_pin() -> None:
    assert not pins.opens("", "")
