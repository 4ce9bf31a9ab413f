"""The steps of the center: what it answers to tills, and what its own people do."""
