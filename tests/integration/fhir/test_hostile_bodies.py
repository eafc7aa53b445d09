"""Whatever is sent to the doors that write, official examples of others among it, is taken or refused with its path; none makes the server fail."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpResponse
from tests.factories.hostile import hostile
from tests.integration.fhir.loop import Loop
from tests.shared_data import shared_data

from careloom.fhir.writing.bodies import MOST_BYTES

pytestmark = pytest.mark.django_db
BUNDLES = Path(__file__).resolve().parents[2] / "worlds" / "bundles"
NOWHERE = UUID(int=7)
A_PATH = re.compile(r"Task\.[a-zA-Z.\[\]0-9]+: \w")


def refused(answer: HttpResponse) -> str:
    """The words of a refusal, which is an OperationOutcome and nothing else."""
    body = answer.json()
    assert body["resourceType"] == "OperationOutcome", body
    return str(body["issue"][0]["diagnostics"])


def test_hostile_bodies_are_refused_and_change_nothing(loop: Loop) -> None:
    before = (loop.state, loop.steps)
    files = hostile(json.loads((BUNDLES / "mother.json").read_text(encoding="utf-8")))
    for name, data in files.items():
        for where in (loop.path, f"Task/{NOWHERE}", "Task/%00", "Patient/x"):
            answer = loop.put(data, path=where)
            assert answer.status_code in {400, 404, 405, 413, 415}, (name, where, answer.status_code)
            assert "passwd" not in refused(answer)
    assert (loop.state, loop.steps) == before


def test_a_body_that_says_it_is_short_and_is_not_is_refused(loop: Loop) -> None:
    assert loop.put(b" " * (MOST_BYTES + 1)).status_code == 413


@pytest.mark.parametrize("told", ["a lot", "-1", "1e3"])
def test_what_the_sender_says_of_the_length_is_not_believed(loop: Loop, told: str) -> None:
    answer = loop.system.http.put(
        f"/fhir/{loop.path}", b"{}", content_type="application/fhir+json", headers=loop.system.headers(), CONTENT_LENGTH=told
    )
    assert answer.status_code == 400


def test_every_official_task_is_taken_or_refused_with_its_path(loop: Loop) -> None:
    found = sorted(shared_data("fhir_examples").rglob("Task-*.json"))
    assert len(found) > 15
    for path in found:
        task = json.loads(path.read_text(encoding="utf-8")) | {"id": str(loop.row.pk)}
        answer = loop.put(task)
        assert answer.status_code in {200, 400, 403, 412, 422}, (path.name, answer.status_code)
        if answer.status_code == 422:
            assert A_PATH.match(refused(answer)), (path.name, refused(answer))


def test_every_other_official_example_is_refused_where_a_task_is_asked_for(loop: Loop) -> None:
    found = [path for path in sorted(shared_data("fhir_examples").rglob("*.json")) if not path.name.startswith("Task-")]
    assert len(found) > 300
    for path in found:
        answer = loop.put(path.read_bytes())
        assert answer.status_code in {400, 413}, path.name
        assert refused(answer).startswith(("Task.resourceType", "A Task of at most", "The body")), path.name
