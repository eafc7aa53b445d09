"""The words and pictures of the rooms."""
