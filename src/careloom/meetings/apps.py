"""App configuration."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings of the bodies of a partnership, what they decide, and what somebody promised to do."""

    name = "careloom.meetings"
    label = "meetings"
