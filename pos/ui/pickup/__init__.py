"""Pages of customer orders: the board with its steps, taking orders while a stream runs, and the streamer's view."""
