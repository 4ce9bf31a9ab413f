"""The one stylesheet: the colours of the till, and how the pages are laid out. Its name changes with its content."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The content, and a name that no other content has."""

    name: str
    content: bytes


def read_stylesheet(pages: Path, theme: Path) -> Stylesheet:
    """Light, dark and high contrast, as the person's machine asks for it."""
    tokens = tomllib.loads((theme / "tokens.toml").read_text(encoding="utf-8"))
    layout = (pages / "console.css").read_text(encoding="utf-8")
    content = "\n".join(
        [
            _root(tokens["light"], "light dark"),
            f"@media (prefers-color-scheme: dark) {{\n{_root(tokens['dark'])}}}",
            f"@media (prefers-contrast: more) {{\n{_root(tokens['contrast'], 'light')}}}",
            layout,
        ]
    ).encode()
    return Stylesheet(f"console-{hashlib.sha256(content).hexdigest()[:16]}.css", content)


def _root(colours: Mapping[str, str], scheme: str = "") -> str:
    lines = [f"  --{name.replace('_', '-')}: {colour};\n" for name, colour in colours.items()]
    return f":root {{\n{f'  color-scheme: {scheme};' if scheme else ''}\n{''.join(lines)}}}\n"
