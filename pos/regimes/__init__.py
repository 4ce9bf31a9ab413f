"""Regime files (TOML), parsed into quota rules."""
