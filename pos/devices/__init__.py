"""Hardware and the folders and spoolers that stand for it."""
