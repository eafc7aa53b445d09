"""The de-identified extract: out of PostgreSQL into Parquet, incrementally, and in from other places (decision 0015)."""
