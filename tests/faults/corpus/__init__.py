"""Two thousand bad inputs by the door at which they come: made again each time, the same each time."""
