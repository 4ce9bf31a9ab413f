"""Speaks to the center of a cooperation center over HTTP: the till's half of `docs/center-api.json`."""
