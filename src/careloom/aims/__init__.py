"""What a partnership aims at: outcomes with baseline and target, what each agency wants, better indicators, what is saved, what is reported when."""
