"""Let LibreOffice count our workbooks: `python -m tests.spreadsheet`. It is large, so that no other test needs it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

TROUBLE = 4


def main(arguments: list[str]) -> int:
    """Run what stands beside this file; the exit code is that of pytest, or 4 where there is no LibreOffice."""
    if shutil.which("soffice") is None:
        sys.stderr.write("LibreOffice is not installed here (Debian: apt-get install libreoffice-calc-nogui).\n")
        return TROUBLE
    here = Path(__file__).parent / "recounted.py"
    return int(pytest.main(["-q", "-p", "no:xdist", str(here), *arguments]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
