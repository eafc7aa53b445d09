"""The indicators of a million children, computed four ways: ours (Ibis on DuckDB), SQL by hand on DuckDB, pandas, and Polars.

Each side runs in a process of its own, reads the same Parquet and tells the same sums; time and peak memory are those of the process.
"""
