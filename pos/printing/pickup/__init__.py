"""Papers of customer orders: pick-up list, packing slip, price cards, the streamer's sheet."""
