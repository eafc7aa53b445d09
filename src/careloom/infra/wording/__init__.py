"""Person-first words: soft suggestions in what workers write. Never blocks, never changes a text by itself. Source: domain/ux.md 7.3.

`suggesting` is pure but for reading its list; `middleware` and `views` bring it to every text field of a worker's form, by the widget alone.
"""
