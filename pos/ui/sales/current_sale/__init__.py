"""The sale in progress as the window knows it, and the advice search beside it."""
