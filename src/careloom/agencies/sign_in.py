"""How allauth is used here: no open sign-up, people are known by e-mail, OpenID Connect joins existing workers only."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from careloom.agencies import sealing
from careloom.agencies.models import User

# Our own words in place of allauth's: one neutral text serves an invitation and a forgotten password.
MAILS = {"account/email/password_reset_key": "agencies/email/set_password"}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in rows are made by an agency administrator, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by herself."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails, with our words where we have them."""
        super().send_mail(MAILS.get(template_prefix, template_prefix), email, context)

    def send_unknown_account_mail(self, *args: Any, **kwargs: Any) -> None:
        """Write nothing to an address that is not known here: a letter would tell a stranger that somebody guessed."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A state's or a hospital's identity provider opens the account of a worker who already has one here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up through a provider either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the provider's account to the worker with the same verified e-mail; otherwise say whom to ask.

        Only while signing in: when a worker who is signed in connects a provider herself, allauth joins it to her and to nobody else.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        # Some providers send the claim as text, so that "false" would count as true.
        verified = [address.email.lower() for address in sociallogin.email_addresses if str(address.verified).lower() == "true"]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            raise ImmediateHttpResponse(redirect("agencies:no_account"))
        sociallogin.connect(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes sealed: the database alone opens nothing."""

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return base64.b64encode(sealing.seal(text.encode(), use="second-factor", of="allauth")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return sealing.unseal(base64.b64decode(encrypted_text), use="second-factor", of="allauth").decode()


def send_set_password_link(*, request: HttpRequest, email: str) -> None:
    """Send the one-time link with which a worker sets her first password, or a new one."""
    form = ResetPasswordForm(data={"email": email})
    if form.is_valid():
        form.save(request)


def set_password_path(*, user: User) -> str:
    """The path of a one-time link to set a password, for an installation that cannot send mail yet. Print it only to its operator."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return reverse("account_reset_password_from_key", kwargs={"uidb36": key.split("-", 1)[0], "key": key.split("-", 1)[1]})
