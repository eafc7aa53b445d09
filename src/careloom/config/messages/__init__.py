"""The catalogs of translations: strings are gathered, checked and compiled in pure Python, because a clone needs no gettext tools.

python -m careloom.config.messages gather      adds strings that the catalog lacks, with an empty translation
python -m careloom.config.messages compile     writes the .mo files that Django reads
python -m careloom.config.messages check       fails when a string of a page for mothers or partners has no Spanish, or a .mo is not current
"""
