"""The look: the U.S. Web Design System taught to Django once, for every screen of Careloom."""
