"""The app of sign-in by agencies' own identity providers."""

from django.apps import AppConfig


class SsoConfig(AppConfig):
    """Sign-in over SAML."""

    name = "careloom.sso"
    label = "sso"
