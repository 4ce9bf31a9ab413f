"""Widgets that pages share: buttons, cards, fields, tables and drawing helpers."""
