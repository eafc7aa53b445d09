"""A hostile bundle is read for what it says, or refused with the path and what to do; the reader never falls over and nothing in it acts."""

from __future__ import annotations

import pytest
from tests.factories.hostile import CHANGES, RAW, fifty_megabytes, hostile
from tests.unit.exchange.worlds import AS_OF, bundle

from careloom.exchange.fhir import BundleFacts, BundleRefused, read_bundle

pytestmark = pytest.mark.usefixtures("in_this_process")
TAKEN = {
    # Text is text: it is kept as it came and shown escaped, and what is not read does nothing.
    "a script in the narrative", "a handler in the narrative", "extensions 40 deep", "references in a circle", "a formula as a name",
    "a template as a name", "another agency as its keeper", "an address to be fetched", "a very long name", "ten thousand names",
    "a bundle within a person",
}  # fmt: skip


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return hostile(bundle("mother"))


def answer(data: bytes) -> BundleFacts | BundleRefused:
    try:
        return read_bundle(data=data, name="x", as_of=AS_OF)
    except BundleRefused as refusal:
        return refusal


@pytest.mark.parametrize("name", [*RAW, *CHANGES])
def test_it_is_read_or_refused_with_a_path_and_a_next_step(files: dict[str, bytes], name: str) -> None:
    said = answer(files[name])
    assert isinstance(said, BundleFacts) == (name in TAKEN), said
    if isinstance(said, BundleRefused):
        assert all(one.path and one.what and one.next_step for one in said.problems)
        assert "drop table" not in str(said)
        assert "passwd" not in str(said)


def test_fifty_megabytes_are_read() -> None:
    assert isinstance(answer(fifty_megabytes(bundle("mother"))), BundleFacts)
