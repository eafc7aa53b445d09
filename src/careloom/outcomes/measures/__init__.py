"""How an indicator is computed: Ibis expressions over the de-identified event extract, the same on DuckDB and on Spark.

`layout` says what the extract holds, `windows` which months are asked, each other module one family of recipes, `recipes` their names.
A recipe gives rows (one for each child, infant or mother that it looked at) and never a figure: `figures` adds them up.
Nothing here knows the web framework; Ibis is loaded by the processes that compute, never by a web worker.
"""
