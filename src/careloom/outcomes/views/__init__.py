"""Pages of the numbers."""

from careloom.outcomes.views.cards import report_card, report_card_paper, ways
from careloom.outcomes.views.files import figures_file
from careloom.outcomes.views.home import home
from careloom.outcomes.views.indicator import indicator
from careloom.outcomes.views.others import others
from careloom.outcomes.views.publishing import publishing
from careloom.outcomes.views.quality import quality
from careloom.outcomes.views.three import download, federal_three

__all__ = [
    "download", "federal_three", "figures_file", "home", "indicator", "others", "publishing", "quality", "report_card", "report_card_paper", "ways",
]  # fmt: skip
