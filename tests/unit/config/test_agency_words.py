"""What the command for agencies says when words are missing."""

from __future__ import annotations

import argparse

import pytest

from careloom.config.commands import CommandProblem, agency


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    agency.add_arguments(parser)
    return parser.parse_args(words)


def test_making_an_agency_names_what_is_missing() -> None:
    with pytest.raises(CommandProblem, match="--kind, --admin-name, --admin-email"):
        agency.run(parsed("--name", "Pine Family Center"))


def test_leaving_and_arriving_take_their_own_words() -> None:
    leaving = parsed("export", "Pine Family Center", "/secure/pine")
    assert (leaving.action, leaving.agency, str(leaving.folder)) == ("export", "Pine Family Center", "/secure/pine")
    arriving = parsed("import", "/secure/pine", "--dry-run", "--as", "Pine")
    assert (arriving.action, arriving.dry_run, arriving.keep_here, arriving.to) == ("import", True, False, "Pine")
