"""The center's HTTP API and console: a front end beside the window and the command line."""
