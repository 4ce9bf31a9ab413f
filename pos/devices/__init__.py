"""Devices of a till, and the folders and spoolers that replace them."""
