"""A package, so that the county of its fixtures is put away when the last of these tests is over."""
