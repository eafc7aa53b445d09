"""From counts to what anybody may read: cells protected together, frozen once published, written as a static site and files."""
