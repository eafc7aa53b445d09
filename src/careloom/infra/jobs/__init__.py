"""Jobs on Procrastinate, in the same database. Job arguments are ids and codes only: they are stored in clear."""
