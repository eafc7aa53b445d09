"""Each page of the desk: one function that asks the apps it needs and returns one frozen object (DESIGN section 1)."""

from careloom.desk.pages.appointments import AppointmentsPage, appointments_page
from careloom.desk.pages.families import FamiliesList, FoundPage, families_page, found_page
from careloom.desk.pages.family import FamilyPage, family_page
from careloom.desk.pages.story import StoryPage, story_page
from careloom.desk.pages.today import TodayPage, today_page

__all__ = [
    "AppointmentsPage",
    "FamiliesList",
    "FamilyPage",
    "FoundPage",
    "StoryPage",
    "TodayPage",
    "appointments_page",
    "families_page",
    "family_page",
    "found_page",
    "story_page",
    "today_page",
]
