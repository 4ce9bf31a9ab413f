"""A visitor's purchases, documents and departures."""
