"""The sale in progress as the window knows it, and the search for advice beside it."""
