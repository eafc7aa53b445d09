"""Ten rules of 42 CFR part 2, written three times: for our engine, in Rego and in Cedar.

Two engines of other people, which know nothing of ours, judge it (tests/oracles) and are the yardstick of its speed (`bin/bench --only kernel`).
The ten are short on purpose: one signature, one order, one agreement. The law that the product decides by is `kernel/disclosure`.
"""
