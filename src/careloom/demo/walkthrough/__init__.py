"""The walkthrough: the main job end to end in a scratch database, one file a step, through the same actions and permissions as the screens."""
