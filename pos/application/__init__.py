"""Steps: one thing a person can do per file, over the domain and the ports."""
