"""Whatever is done to a bundle, it is read or refused; the reader never falls over. (Seeded, so a failure can be repeated.)"""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from tests.unit.exchange.worlds import AS_OF, as_bytes, bundle

from careloom.exchange.fhir import BundleFacts, BundleRefused, read_bundle

pytestmark = pytest.mark.usefixtures("in_this_process")
VALUES: tuple[Any, ...] = (None, "", "x", 0, -1, 1e400, True, [], {}, [[]], [None], ["x"], {"a": {}}, {"reference": 7}, "2026-02-30", "urn:uuid:none")


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    keys = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [place for key in list(keys) for place in [(node, key), *_places(node[key])]]


def _damage(content: dict[str, Any], chance: random.Random) -> None:
    container, key = chance.choice(_places(content))
    if chance.random() < 0.3:
        del container[key]
    elif chance.random() < 0.3 and isinstance(container, list):
        container.append(copy.deepcopy(container[key]))
    else:
        container[key] = copy.deepcopy(chance.choice(VALUES))


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_bundle_is_read_or_refused_with_a_path(seed: int) -> None:
    chance, whole = random.Random(seed), bundle("dyad")
    answers: list[BundleFacts | BundleRefused] = []
    for _ in range(40):
        content = copy.deepcopy(whole)
        for _ in range(chance.randint(1, 3)):
            _damage(content, chance)
        try:
            answers.append(read_bundle(data=as_bytes(content), name="x", as_of=AS_OF))
        except BundleRefused as refusal:
            answers.append(refusal)
    refusals = [a for a in answers if isinstance(a, BundleRefused)]
    assert refusals
    assert all(r.problems and all(p.path and p.what and p.next_step for p in r.problems) for r in refusals)
    assert any(isinstance(a, BundleFacts) for a in answers)
