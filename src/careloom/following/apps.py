"""App configuration of following."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    """Needs to outcomes."""

    name = "careloom.following"
    label = "following"
