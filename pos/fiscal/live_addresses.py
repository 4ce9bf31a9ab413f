"""Where the real registers answer. Only what builds the till of a real shop imports this, and no test."""

from __future__ import annotations

from collections.abc import Mapping

LIVE_REGISTERS: Mapping[str, str] = {"webkassa": "https://kkm.webkassa.kz"}
"""By the name of the register, where the shop has set no address. From memory: the vendor says it with the contract."""
