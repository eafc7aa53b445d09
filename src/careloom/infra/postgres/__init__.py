"""The embedded PostgreSQL: find it, start it, join it, stop it, and say how Django reaches it."""

from careloom.infra.postgres.address import Address, address
from careloom.infra.postgres.connection import database_config
from careloom.infra.postgres.errors import PostgresProblem
from careloom.infra.postgres.external import database, prepare_external
from careloom.infra.postgres.roles import APP, DATABASE, EXTRACT, OWNER
from careloom.infra.postgres.supervisor import Running, Status, Supervisor

__all__ = [
    "APP",
    "DATABASE",
    "EXTRACT",
    "OWNER",
    "Address",
    "PostgresProblem",
    "Running",
    "Status",
    "Supervisor",
    "address",
    "database",
    "database_config",
    "prepare_external",
]
