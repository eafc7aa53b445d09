"""Meetings of the bodies of a partnership, what they decide, and what somebody promised to do."""
