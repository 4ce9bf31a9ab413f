"""Widgets that show a fact."""
