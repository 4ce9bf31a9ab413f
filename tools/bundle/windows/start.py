"""What the starter runs: the program, which learns that it is a bundle. It lies in `lib`, beside the program."""

import sys

sys.frozen = True  # type: ignore[attr-defined]  # as every maker of bundles says it
sys.argv[0] = sys.executable

from main import console  # noqa: E402 # it reads where it is

sys.exit(console())
