"""Regime files (TOML) read into quota rules."""
