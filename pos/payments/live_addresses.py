"""Where the real providers answer. Only what builds the till of a real shop imports this, and no test."""

from __future__ import annotations

from collections.abc import Mapping

LIVE_ADDRESSES: Mapping[str, str] = {
    "wechat": "https://api.mch.weixin.qq.com",
    "alipay": "https://openapi.alipay.com",
}
"""By the name of the provider. A Kaspi terminal stands in the shop: its address is one of its fields."""
