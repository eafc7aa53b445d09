"""What is written in a section of the plan, who answers for it, and who signed it. The sections themselves are data of the pack."""

from __future__ import annotations

from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


class SectionText(PlanRow):
    """What one agency (or the mother) wrote in answer to one question of a section. Source: F11, R-136, R-142.

    Each holder has a row of its own, so that two agencies write the same question side by side; within an agency `row_version` decides.
    """

    section = models.CharField(max_length=4)
    code = models.CharField(max_length=24)
    text = models.TextField(max_length=2000)
    was = models.TextField(max_length=2000, blank=True)

    class Meta:
        db_table = "plans_section_text"
        indexes = [by_plan("plans_section_text_plan")]
        constraints = [models.UniqueConstraint(fields=["holder_id", "plan_id", "section", "code"], name="plans_section_text_one_each")]


class SectionCheck(PlanRow):
    """Something that is there, is asked for, or was talked through: supplies and the safe home. One row for each holder and thing."""

    section = models.CharField(max_length=4)
    code = models.CharField(max_length=24)
    state = models.CharField(max_length=10)  # YES, NEEDED, ASKED, NOT_NEEDED
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "plans_section_check"
        indexes = [by_plan("plans_section_check_plan")]
        constraints = [models.UniqueConstraint(fields=["holder_id", "plan_id", "section", "code"], name="plans_section_check_one_each")]


class SectionOwner(PlanRow):
    """The agency that answers for a section, as the lead asked it to. Part of the plan's frame; a treatment program's seat lies apart."""

    section = models.CharField(max_length=4)
    agency_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_section_owner"
        indexes = [by_plan("plans_section_owner_plan")]
        constraints = [
            once("plans_section_owner_once"),
            models.UniqueConstraint(fields=["plan_id", "section"], condition=models.Q(ended_at=None), name="plans_section_one_owner"),
        ]


class SectionSignature(PlanRow):
    """That an agency approved a section as it stood, or that the family signs it too. Never changed; a later text makes it old.

    `content` is a fingerprint of what the signer saw; `version` the plan's version at that moment. Source: F11, R-142.
    """

    section = models.CharField(max_length=4)
    who = models.CharField(max_length=8)  # AGENCY, FAMILY
    name = models.CharField(max_length=120)
    how = models.CharField(max_length=8, default="SCREEN")  # SCREEN, PAPER, SPOKEN
    witness = models.CharField(max_length=120, blank=True)
    content = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_section_signature"
        indexes = [by_plan("plans_section_signature_plan")]
        constraints = [once("plans_section_signature_once")]


class SignedLine(PlanRow):
    """What one line said when she signed its section on her own page: her copy, so that a later text does not change what her name stands under.

    Held by her, under the category of the line that it keeps: it opens to nobody who could not read the line. Source: F11, J4.9.
    """

    signature_id = models.UUIDField()
    item_kind = models.CharField(max_length=8)  # TEXT, CHECK
    item_id = models.UUIDField()
    text = models.TextField(max_length=2000)  # the words; of a check, its state
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "plans_signed_line"
        indexes = [by_plan("plans_signed_line_plan")]
        constraints = [models.UniqueConstraint(fields=["signature_id", "item_id"], name="plans_signed_line_once")]
