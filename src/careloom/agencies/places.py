"""The pages of the access log in words. The log keeps codes (`desk:family`, of the app and its page); people read these."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PAGES = {
    "desk:today": _("Today"),
    "desk:families": _("List of families"),
    "desk:search": _("Search for a family"),
    "desk:family": _("Family page"),
    "desk:story": _("Story so far"),
    "desk:appointments": _("Appointments"),
    "desk:documents": _("Documents"),
    "agencies:log_file": _("Log as a file for an auditor"),
    "plans:plan_pdf": _("Plan on paper"),
    "plans:changes": _("What changed in the plan"),
    "plans:team": _("Care team"),
    "plans:lead": _("Change who leads"),
    "plans:lead_answer": _("Answer whether to lead"),
    "plans:goal": _("Goal"),
    "plans:goal_new": _("Goal"),
    "plans:need": _("Need"),
    "plans:need_new": _("Need"),
    "plans:strength": _("Strength"),
    "plans:strength_new": _("Strength"),
    "plans:family": _("Family as she defines it"),
    "plans:agree": _("Agree and sign"),
    "plans:birth": _("Birth added to the plan"),
    "plans:close": _("Close the plan"),
    "plans:reopen": _("Open the plan again"),
    "plans:event": _("Something happened"),
    "plans:review": _("Review"),
    "plans:overdue": _("Late reviews"),
    "plans:answer_her": _("Answer to her words"),
    "plans:refer": _("New referral"),
    "plans:referral": _("Referral"),
    "plans:referral_inbox": _("Referrals to us"),
    "plans:link": _("One-time page of a partner"),
    "plans:start": _("Start a plan"),
    "consents:new": _("Preview of a consent"),
    "consents:copy": _("Copy of a consent"),
    "consents:looked": _("Who looked under a consent"),
    "disclosures:family": _("Asked and given"),
    "disclosures:ask": _("Request for records"),
    "disclosures:request": _("Request for records"),
    "disclosures:register": _("Request for records"),
    "disclosures:person": _("Request for records"),
    "disclosures:release": _("Record that was released"),
    "disclosures:paper": _("Record that was released"),
    "disclosures:emergency": _("Look in an emergency"),
    "disclosures:start": _("Look in an emergency"),
    "disclosures:look": _("Look in an emergency"),
    "disclosures:review": _("Review of an emergency look"),
    "disclosures:openings": _("Review of an emergency look"),
    "disclosures:finding": _("Review of an emergency look"),
    "disclosures:more": _("Question for more"),
    "disclosures:more_reached": _("Question for more"),
    "notifications:received": _("Notification received"),
    "notifications:received_all": _("Notifications received"),
    "notifications:card": _("Hospital card"),
    "portal:card_use": _("Hospital card"),
    "portal:card_used": _("Hospital card"),
    "portal:invite": _("Invitation to her own pages"),
}
# What is not named above is told by its app.
APPS = {
    "desk": _("Family page"),
    "plans": _("Plan of safe care"),
    "consents": _("Consents"),
    "notifications": _("Birth notification"),
    "disclosures": _("What was given by hand or on paper"),
    "my": _("Her own pages"),
    "portal": _("Her own pages"),
    "exchange": _("Files brought in or taken out"),
    "outcomes": _("Numbers"),
    "directory": _("Directory"),
    "agencies": _("Agency"),
}


def page_words(place: str) -> str:
    """A page of the log in words: by its code, else by its app, else the code itself."""
    return str(PAGES.get(place) or APPS.get(place.split(":")[0]) or place)
