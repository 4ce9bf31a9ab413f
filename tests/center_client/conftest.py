"""A center whose service answers over HTTP on this machine."""

from __future__ import annotations

from tests.center.conftest import center, center_template

__all__ = ["center", "center_template"]
