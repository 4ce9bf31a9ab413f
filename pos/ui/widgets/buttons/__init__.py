"""Buttons and other pressable widgets."""
