"""Write docs/center-api.json: what the service of a center says of its API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pos.center.app import make_app
from pos.center.steps import CenterSteps

if TYPE_CHECKING:
    from pos.application.center.ports import CenterContext

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "center-api.json"


def main() -> None:
    """The document needs no database."""
    app = make_app(CenterSteps(cast("CenterContext", None)))
    DOCUMENT.write_text(json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
