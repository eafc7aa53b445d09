"""Whether the time of an answer tells hidden from absent: a two-sample permutation test over 2,000 requests each. A script, not a test.

    python tests/silence/timing.py [--requests 2000]

Prints one JSON line per page: name, value (the p of a two-sided permutation test on mean ranks), unit, n, note. A small p (under 0.001)
on a quiet machine says that the two are told apart; on a busy one run it again. No test asserts a time.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean, median
from time import perf_counter_ns
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

if __name__ == "__main__":  # as a script the checkout is not yet on the path
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[2] / "src")]

WARM_UP, SHUFFLES = 40, 4000


def mean_rank_p(first: list[int], second: list[int], *, seed: int = 7, shuffles: int = SHUFFLES) -> float:
    """The two-sided p of "both come from one distribution": how often a random split of all ranks differs as much as this one (Mann-Whitney)."""
    values = sorted((value, group) for group, sample in enumerate((first, second)) for value in sample)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(values):
        end = start
        while end < len(values) and values[end][0] == values[start][0]:
            end += 1
        ranks[start:end] = [(start + end + 1) / 2] * (end - start)
        start = end
    mine = [rank for rank, (_, group) in zip(ranks, values, strict=True) if group == 0]
    expected, size, luck = fmean(ranks), len(mine), random.Random(seed)
    seen = abs(fmean(mine) - expected)
    as_far = sum(abs(fmean(luck.sample(ranks, size)) - expected) >= seen for _ in range(shuffles))
    return (as_far + 1) / (shuffles + 1)


def measured(client: Any, hidden: list[str], absent: list[str], *, requests: int) -> tuple[list[int], list[int]]:
    """Nanoseconds of each answer, hidden and absent in shuffled turns, from one process after a warm-up."""
    luck = random.Random(11)
    for _ in range(WARM_UP):
        client.get(luck.choice(hidden))
        client.get(luck.choice(absent))
    turns = [True, False] * requests
    luck.shuffle(turns)
    taken: dict[bool, list[int]] = {True: [], False: []}
    for is_hidden in turns:
        path = luck.choice(hidden if is_hidden else absent)
        begin = perf_counter_ns()
        client.get(path)
        taken[is_hidden].append(perf_counter_ns() - begin)
    return taken[True], taken[False]


def lines(*, requests: int) -> Iterator[dict[str, Any]]:
    """One line for each page, in a database that is set up and that this process may fill."""
    from tests.silence.hidden import NAMES, a_hidden_family, readers

    hidden = a_hidden_family()
    client = readers(hidden)["a worker of an agency without consent"]
    nobody = uuid4()
    pages: dict[str, tuple[list[str], list[str]]] = {
        "family": ([f"/families/{hidden.plan.identity_id}/"], [f"/families/{nobody}/"]),
        "plan": ([f"/plans/{hidden.plan.pk}/changes/"], [f"/plans/{nobody}/changes/"]),
        "plan_pdf": ([f"/plans/{hidden.plan.pk}/plan.pdf"], [f"/plans/{nobody}/plan.pdf"]),
        "referral": (
            [f"/plans/referrals/{pk}/" for pk in hidden.ids["referral_id"]],
            [f"/plans/referrals/{uuid4()}/" for _ in hidden.ids["referral_id"]],
        ),
        "search": tuple([client.post("/families/search/", {"q": name})["Location"]] for name in (NAMES[1], "Quillfaether")),
    }
    for name, (there, nowhere) in pages.items():
        first, second = measured(client, there, nowhere, requests=requests)
        note = f"median hidden {median(first) / 1e6:.3f} ms, absent {median(second) / 1e6:.3f} ms; a small p tells them apart"
        yield {"name": f"silence_{name}", "value": round(mean_rank_p(first, second), 4), "unit": "p", "n": 2 * requests, "note": note}


def main() -> None:
    """Set up a copy of the test database, fill it with one hidden family, and print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    asked = parser.parse_args()
    import tests.conftest as house
    from django.db import transaction
    from django.test import override_settings

    blocker = SimpleNamespace(unblock=_nothing)
    made = (
        house.django_db_setup.__wrapped__(blocker)
        if hasattr(house.django_db_setup, "__wrapped__")
        else house.django_db_setup._fixture_function(blocker)
    )
    next(made)
    try:
        with override_settings(ALLOWED_HOSTS=["testserver"]), transaction.atomic():
            for line in lines(requests=asked.requests):
                print(json.dumps(line), flush=True)
            transaction.set_rollback(True)
    finally:
        next(made, None)


class _nothing:  # noqa: N801  (stands in for pytest's blocker, which a script does not need)
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


if __name__ == "__main__":
    main()
