"""The command line: the same steps without a screen."""
