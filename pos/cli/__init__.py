"""The command line: the use cases of the till without a window."""
