"""The document of the API is that of the service; N7 of tests/faults asks every route of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from pos.application.center.ports import CenterContext
from pos.center.app import make_app
from pos.center.steps import CenterSteps

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "center-api.json"


def api() -> dict[str, Any]:
    """What the service says of itself."""
    made: dict[str, Any] = make_app(CenterSteps(cast("CenterContext", None))).openapi()
    return made


def test_the_document_is_that_of_the_service() -> None:
    """After a change: `.venv/bin/python -m tools.center_api`."""
    assert json.loads(DOCUMENT.read_text(encoding="utf-8")) == api()
