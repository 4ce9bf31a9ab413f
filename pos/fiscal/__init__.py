"""Fiscal registers outside the shop: each says in its own protocol what `FiscalRegister` asks of it."""
