"""What was asked of holders and given by them beside the pages. Source: workflows 6.16; 42 CFR 2.13, 2.25, 2.51; 45 CFR 164.514, 164.528."""

from careloom.disclosures.models.asked import AskedRecord
from careloom.disclosures.models.finding import EmergencyFinding
from careloom.disclosures.models.given import Breach, Given
from careloom.disclosures.models.more import MoreAsked, MoreReached
from careloom.disclosures.models.request import RecordRequest

__all__ = ["AskedRecord", "Breach", "EmergencyFinding", "Given", "MoreAsked", "MoreReached", "RecordRequest"]
