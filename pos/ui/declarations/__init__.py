"""Customs declarations of a recorded sale: preview, print, save."""
