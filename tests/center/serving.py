"""The service of a center, over HTTP on this machine."""

from __future__ import annotations

from contextlib import AbstractContextManager

from pos.application.center.ports import CenterContext
from pos.center.console.parts import ConsoleParts
from pos.center.serve import serving_beside
from pos.center.steps import CenterSteps


def serving(context: CenterContext, console: ConsoleParts | None = None) -> AbstractContextManager[str]:
    """The address at which the center answers meanwhile."""
    return serving_beside(CenterSteps(context), console)
