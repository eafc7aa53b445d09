"""Which training comes before a member takes part, and which of it she took. Source: P12."""

from __future__ import annotations

from careloom.knowledge.models import Course, Passed
from careloom.partnership.models import Seat


def comes_first(seat: Seat) -> list[tuple[Course, Passed | None]]:
    """The trainings of the catalog that a member of this level takes first, each with when she took it. For a seat that the caller may read."""
    courses = Course.objects.filter(collaborative_id=seat.collaborative_id, gate=True, left_on=None).order_by("title")
    taken = {row.course_id: row for row in Passed.objects.filter(seat=seat)}
    return [(course, taken.get(course.pk)) for course in courses if not seat.level or not course.levels or seat.level in course.levels]
