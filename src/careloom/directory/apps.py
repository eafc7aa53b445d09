"""App configuration of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The service directory."""

    name = "careloom.directory"
    label = "directory"
