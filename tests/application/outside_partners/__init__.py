"""Payments at providers: what is written down, asked about, undone, decided and given back."""
