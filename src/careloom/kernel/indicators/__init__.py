"""What an indicator is, and the arithmetic of honest figures: definitions, intervals, curves of time, charts of rare events. No engine, no files."""
