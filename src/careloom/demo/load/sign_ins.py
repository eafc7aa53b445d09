"""Who may sign in to the practice county: one line for each role, and how a mother's page is opened."""

from __future__ import annotations

from careloom.demo.load.ground import PASSWORD, PIN, Ground
from careloom.demo.load.hers import MOTHER_PIN
from careloom.demo.story import County

SHOWN = (
    ("whitlock", "Care coordinator"),
    ("castillo", "Hospital social worker"),
    ("ortiz", "Child welfare worker"),
    ("lindqvist", "Home visitor"),
    ("okafor", "Clinician"),
    ("two_rivers", "Tribal worker"),
    ("thistlegate", "Supervisor"),
    ("copperlea", "Privacy officer"),
    ("oldmarsh", "Agency administrator"),
    ("encinarda", "Directory steward"),
    ("harrowmere", "Partnership coordinator"),
    ("adeyemi", "State lead"),
)


def lines(*, county: County, ground: Ground) -> list[str]:
    """One line for each role: role, name, agency, e-mail; then the password, the PIN and the mothers' page."""
    workers = {worker.key: worker for worker in county.workers}
    rows = []
    for key, role in SHOWN:
        worker = workers[key]
        rows.append(f"{role:<24} {worker.name:<20} {ground.agencies[worker.agency_key].name:<36} {worker.email}")
    rows.append(f"Password of all: {PASSWORD}   PIN of all: {PIN}")
    rows.append(f"The mothers' own pages: /my/demo/ (without a PIN, practice only); by link and PIN {MOTHER_PIN} as a phone would")
    return rows
