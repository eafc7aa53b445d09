"""The year of the practice county: played day by day with the nightly jobs, looked at each evening, and counted at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

__all__ = ["Jobs", "Say"]

Say = Callable[[str], None]
Jobs = Callable[[datetime], None]
"""What the worker process does by itself at an instant (``config.jobs.follow_clocks_at``); given from above, for the demo stands below it."""
