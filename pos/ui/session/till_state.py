"""What this till remembers between two starts: language, theme, last cashier, keys, guides, who may sign in.

It holds no secrets and nothing that gives a permission: the store knows who works here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pos.application.files.atomic_write import write_atomically
from pos.application.settings.setting_kinds import TEXT_SIZES
from pos.application.text.translator import LANGUAGE_NAMES
from pos.domain.staff.rights import ROLES
from pos.domain.staff.staff import Person

_LONGEST = 100
_MOST = 100
THEMES = ("light", "dark", "contrast")
"""The values of `Mode`, which is not imported before the first picture."""
_TEXTS = (
    "language", "theme", "cashier", "shop_name", "guide", "guide_later", "tour", "text_size", "window", "kiosk",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TillState:
    """The till's own habits; an empty text means: nothing chosen yet."""

    language: str = ""
    theme: str = ""
    cashier: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    shop_name: str = ""
    people: Sequence[Person] = ()
    """Who could sign in at the last check: shown until the store answers."""
    guide: str = ""
    """`open` while the guide of a new shop opens by itself."""
    guide_later: str = ""
    """Its steps that were postponed, separated by commas."""
    tour: str = ""
    """`open` or `closed` for the tour of a demo shop; empty if it was never shown."""
    text_size: str = ""
    """In per cent; empty for the usual size."""
    window: str = ""
    """`full` for a window that fills the screen, `frame` or empty for one in a frame."""
    kiosk: str = ""
    """`yes` if only a person with a permission may close the program."""


class StateFile:
    """Reads and writes a TillState as JSON. A damaged or missing file is passed over: lost habits do not stop the
    till.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> TillState:
        """The last written state, or the state of a new till."""
        try:
            state = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return TillState()
        if not isinstance(state, dict):
            return TillState()
        language, theme = _text(state.get("language")), _text(state.get("theme"))
        text_size, window = _text(state.get("text_size")), _text(state.get("window"))
        keys = state.get("keys")
        return TillState(
            language=language if language in LANGUAGE_NAMES else "",
            theme=theme if theme in THEMES else "",
            cashier=_text(state.get("cashier")),
            shop_name=_text(state.get("shop_name")),
            people=_people(state.get("people")),
            guide=_text(state.get("guide")),
            guide_later=_text(state.get("guide_later")),
            tour=_text(state.get("tour")),
            text_size=text_size if text_size in TEXT_SIZES else "",
            window=window if window in ("full", "frame") else "",
            kiosk="yes" if state.get("kiosk") == "yes" else "",
            keys={_text(k): _text(v) for k, v in keys.items() if _text(v)} if isinstance(keys, dict) else {},
        )

    def write(self, state: TillState) -> bool:
        """Write the whole state or keep the old one; False if the folder cannot be written."""
        text = json.dumps(_fields(state), ensure_ascii=False, indent=2)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, f"{text}\n".encode())
        except OSError:
            return False
        return True


def _fields(state: TillState) -> dict[str, object]:
    people = [{"id": one.id, "name": one.name, "title": one.title, "role": one.role} for one in state.people]
    fields = {name: getattr(state, name) for name in _TEXTS}
    return {**fields, "keys": dict(state.keys), "people": people}


def _people(rows: object) -> tuple[Person, ...]:
    """The people of the file; none if one of them is damaged."""
    people = []
    for one in rows[:_MOST] if isinstance(rows, list) else ():
        fields = one if isinstance(one, dict) else {}
        name, title, role = (_text(fields.get(value)) for value in ("name", "title", "role"))
        if not (name and title and role in ROLES and isinstance(fields.get("id"), int)):
            return ()
        people.append(Person(fields["id"], name, title, role))
    return tuple(people)


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST and value.isprintable() else ""
