"""Reads a gettext catalogue (.po), keeping only what a till needs, because it runs at each start.

Babel can read catalogues too, and writes them (`tools/messages.py`), but takes many times as long.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_STRING = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_PART = re.compile(
    rf"[ \t]*(?:(?P<comment>\#[^\n]*)|(?P<name>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)[ \t]+"
    rf"(?P<text>{_STRING}(?:[ \t]*\n[ \t]*{_STRING})*)[ \t]*|)(?:\n|\Z)"
)
_PIECE = re.compile(_STRING)
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_CHARSET = re.compile(rb"charset=([A-Za-z0-9._-]+)")
_FORMS = re.compile(r"^Plural-Forms:\s*(.*)$", re.MULTILINE)
_EXPRESSION = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")


@dataclass
class Entry:
    """One message; `texts` has one translation, or one for each plural form. `fuzzy` marks a doubtful one."""

    id: str = ""
    context: str = ""
    texts: list[str] = field(default_factory=list)
    is_plural: bool = False
    is_fuzzy: bool = False


@dataclass(frozen=True)
class PoFile:
    """The messages of a catalogue and its plural rule; None if the catalogue has no rule."""

    entries: list[Entry]
    form: Callable[[int], int] | None


def read_po(content: bytes) -> PoFile:
    """Read a catalogue. Raises ValueError or LookupError for other files and damaged catalogues."""
    charset = _CHARSET.search(content)
    text = codecs.decode(content, charset[1].decode() if charset else "utf-8").replace("\r\n", "\n")
    entries = list(_entries(text))
    head = next((entry.texts[0] for entry in entries if not entry.id and not entry.context and entry.texts), "")
    forms = _FORMS.search(head)
    return PoFile([entry for entry in entries if entry.id], _form(forms[1]) if forms else None)


def _form(expression: str) -> Callable[[int], int]:
    import gettext

    forms = _EXPRESSION.fullmatch(expression)
    if forms is None:
        raise ValueError(f"no rule for forms of numbers: {expression}")
    return gettext.c2py(forms[2])


def _entries(text: str) -> Iterator[Entry]:
    entry, is_fuzzy, at = Entry(), False, 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            raise ValueError(f"line {text.count(chr(10), 0, at) + 1} is none of a catalogue")
        at, name = part.end(), part["name"]
        if name is None:
            is_fuzzy = is_fuzzy or ((comment := part["comment"]) is not None and _is_doubt(comment))
            continue
        if entry.texts and name in ("msgctxt", "msgid"):
            yield entry
            entry = Entry()
        unescaped = _unescaped(part["text"])
        if name == "msgid":
            entry.id, entry.is_fuzzy, is_fuzzy = unescaped, is_fuzzy, False
        elif name == "msgctxt":
            entry.context = unescaped
        elif name == "msgid_plural":
            entry.is_plural = True
        else:
            entry.texts.append(unescaped)
    if entry.texts:
        yield entry


def _is_doubt(comment: str) -> bool:
    return comment.startswith("#,") and "fuzzy" in comment


def _unescaped(text: str) -> str:
    if "\\" not in text and "\n" not in text:
        return text[1:-1]
    whole = "".join(piece[1:-1] for piece in _PIECE.findall(text))
    return _ESCAPED.sub(lambda match: _ESCAPES.get(match[1], match[1]), whole)
