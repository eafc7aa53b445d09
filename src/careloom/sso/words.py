"""Words of the pages on sign-in by a provider."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

GAPS: dict[str, Any] = {
    "NOT_ALLOWED": _("Your role does not register providers. Ask your administrator."),
    "NO_NAME": _("Give the provider a name that your colleagues know."),
    "DOMAINS": _("Write one to five ends of work e-mails, such as hospital.example, one on each line."),
    "KNOWN": _("Another agency signs in by this provider, or yours does already. Ask your operator."),
    "ANOTHER": _("This is the metadata of another provider. Register that one by itself."),
    "TOO_LARGE": _("This file is too large for metadata. Ask your provider for the file of its own name only."),
    "NOT_XML": _("This is no XML that can be read. Choose the metadata file as the provider gave it."),
    "NOT_METADATA": _("This file does not describe an identity provider. Ask for its SAML 2.0 metadata."),
    "SEVERAL": _("This file describes more than one provider. Ask for the file of yours only."),
    "NO_REDIRECT": _("The provider takes no request by redirect. Ask those who run it to allow HTTP-Redirect."),
    "ADDRESS": _("The address in the file is no https address."),
    "NO_KEY": _("The file holds no certificate that can be read, or too many."),
    "WEAK_KEY": _("A key in the file is too weak: RSA needs 2048 bits. Ask those who run the provider for a new one."),
    "ENDED_KEY": _("Every certificate in the file has ended. Ask those who run the provider for a new file."),
    "ATTRIBUTE": _("Write the name of the attribute in which the provider names groups."),
    "GROUPS": _("Choose one of the roles shown for each group, at most a hundred lines."),
}
NOT_ENTERED: dict[str, Any] = {
    "AGAIN": _("This sign-in could not be finished. Begin again; if it happens twice, ask those who run your agency’s sign-in."),
    "UNKNOWN": _("Your agency’s sign-in knows you, and nobody here is known under it. Ask your agency’s administrator to invite you."),
    "ELSEWHERE": _("You work in more than one agency, so one agency’s sign-in does not open your account. Use your password or passkey."),
    "TOO_MANY": _("Your agency’s sign-in left out your groups, because they are many. Ask those who run it to send only those for this system."),
    "GROUPS": _("None of your groups gives you a role here. Ask your agency’s administrator."),
}
NO_PROVIDER: Any = _("No agency signs in this way with that e-mail. Use your password or passkey.")
