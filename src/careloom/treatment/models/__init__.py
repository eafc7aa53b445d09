"""What a program, or another helper, keeps of somebody's treatment: one table for each kind of record that the law tells apart.

INVARIANT: each table has one category, so that the grants alone decide what another agency reads (42 CFR 2.13(a), 2.31(a)(3)).
"""

from careloom.treatment.models.admission import Admission
from careloom.treatment.models.care import Diagnosis, Episode, EpisodeOutcome, Medicine
from careloom.treatment.models.progress import Attendance, Components, DrugTest, GoalCheck, Meeting, Progress
from careloom.treatment.models.support import CheckIn, Education, ReturnToUse, SupportPlan

__all__ = [
    "Admission", "Attendance", "CheckIn", "Components", "Diagnosis", "DrugTest", "Education", "Episode", "EpisodeOutcome", "GoalCheck",
    "Medicine", "Meeting", "Progress", "ReturnToUse", "SupportPlan",
]  # fmt: skip
