"""The clerk's page of what runs out, and of what is ordered."""
