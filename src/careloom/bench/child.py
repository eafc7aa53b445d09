"""The child process that measures one world, in the CARELOOM_HOME of that world.

python -m careloom.bench.child FAMILIES [REQUESTS]
python -m careloom.bench.child grants FAMILIES
"""

from __future__ import annotations

import os
import sys

from careloom.config.commands import environment, set_up_django
from careloom.infra.postgres import Supervisor


def main() -> int:
    """Start the database, load Django, and only then what needs its models."""
    if sys.argv[1] == "grants":
        return _grants(int(sys.argv[2]))
    families, requests = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500
    with Supervisor(environment().home).start() as server:
        set_up_django()
        from careloom.bench.measure import measure

        measure(families=families, requests=requests, database_pid=server.pid)
    return 0


def _grants(families: int) -> int:
    """Grants are measured on one core, which the database inherits."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with Supervisor(environment().home).start() as server:
        set_up_django()
        from careloom.bench.grants import measure

        measure(families=families, database_pid=server.pid)
    return 0


if __name__ == "__main__":
    sys.exit(main())
