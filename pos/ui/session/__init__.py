"""What every page gets: the user, language, devices, background work, wording of failures."""
