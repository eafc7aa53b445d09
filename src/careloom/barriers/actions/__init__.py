"""What is written. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""
