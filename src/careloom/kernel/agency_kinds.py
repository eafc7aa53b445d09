"""The kinds of agency that stand around a family, with the purpose each usually reads for."""

from __future__ import annotations

from enum import StrEnum


class AgencyKind(StrEnum):
    """Kinds of agency; values map one to one onto the actor_org_type words of the disclosure kernel."""

    PART2_PROGRAM = "PART2_PROGRAM"
    HOSPITAL = "HOSPITAL"
    OB_CLINIC = "OB_CLINIC"
    PEDIATRIC_CLINIC = "PEDIATRIC_CLINIC"
    HEALTH_PLAN = "HEALTH_PLAN"
    MEDICAID_AGENCY = "MEDICAID_AGENCY"
    CPS_AGENCY = "CPS_AGENCY"
    COURT = "COURT"
    TRIBAL_ICWA = "TRIBAL_ICWA"
    HOME_VISITING = "HOME_VISITING"
    EARLY_INTERVENTION = "EARLY_INTERVENTION"
    HOUSING = "HOUSING"
    DV_PROGRAM = "DV_PROGRAM"
    WIC = "WIC"
    PEER_SUPPORT = "PEER_SUPPORT"
    PUBLIC_HEALTH = "PUBLIC_HEALTH"
    STATE_OVERSIGHT = "STATE_OVERSIGHT"
    COORDINATION_HUB = "COORDINATION_HUB"
    OTHER = "OTHER"

    @property
    def org_type(self) -> str:
        """The word of law.md 0.4 for this kind."""
        return _ORG_TYPES.get(self, self.value.lower())

    @property
    def purpose(self) -> str:
        """The purpose for which a worker of this kind of agency reads a family page."""
        return _PURPOSES.get(self, "care_coordination")


_ORG_TYPES = {AgencyKind.OTHER: "other_private", AgencyKind.PEER_SUPPORT: "other_private"}
_PURPOSES = {
    AgencyKind.PART2_PROGRAM: "treatment",
    AgencyKind.HOSPITAL: "treatment",
    AgencyKind.OB_CLINIC: "treatment",
    AgencyKind.PEDIATRIC_CLINIC: "treatment",
    AgencyKind.CPS_AGENCY: "posc_monitoring",
    AgencyKind.COURT: "dependency_proceeding",
    AgencyKind.STATE_OVERSIGHT: "federal_reporting",
}
