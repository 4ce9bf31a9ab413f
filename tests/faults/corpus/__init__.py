"""Two thousand bad inputs by the door at which they come: made anew each time, the same each time."""
