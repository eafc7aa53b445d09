"""An agency's data key is destroyed by a command that names the order, and never while a legal hold of the agency stands."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.integration.backups.conftest import Place, owner

from careloom.infra.postgres import Supervisor

pytestmark = pytest.mark.slow
WORDS = ("keys", "destroy", "Pine Family Center")
ORDERED = (*WORDS, "--ordered-by", "Order 12-345", "--yes")


def test_a_hold_keeps_the_key_and_without_one_it_goes(county: Place) -> None:
    keys = county.home / "keys" / "agencies"
    with Supervisor(county.home).start(), owner(county.home) as connection:
        ((agency,),) = connection.execute("SELECT id FROM agencies_agency WHERE name = 'Pine Family Center'").fetchall()
        hold = uuid4()
        connection.execute(
            """INSERT INTO keeping_hold (id, holder_id, identity_id, category, provenance, whole, reason, placed_at, placed_by, lifted_because,
                 request_key) VALUES (%s, %s, %s, 'posc.plan_core', 'originating', false, 'Her secret case', now(), %s, '', 'k')""",
            [hold, agency, uuid4(), uuid4()],
        )
        refused = county.run(*ORDERED)
        assert (refused.returncode, "A legal hold stands" in refused.stderr, "secret" in refused.stdout + refused.stderr) == (1, True, False)
        assert not (keys / f"{agency}.destroyed").exists()
        connection.execute("UPDATE keeping_hold SET lifted_at = now() WHERE id = %s", [hold])
        unsure = county.run(*WORDS, "--ordered-by", "Order 12-345")
        assert (unsure.returncode, "--yes" in unsure.stderr) == (1, True)
        done = county.run(*ORDERED)
        assert done.returncode == 0, done.stderr
        assert (keys / f"{agency}.destroyed").exists()
        told = connection.execute("SELECT detail FROM audit_row WHERE action = 'agencies.key_destroyed'").fetchall()
    assert told == [({"ordered_by": "Order 12-345"},)]
