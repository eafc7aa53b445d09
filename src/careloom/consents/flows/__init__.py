"""Which grants should exist: one module for each kind of paper that opens a record, each asking the kernel, none adding a permission of its own."""
