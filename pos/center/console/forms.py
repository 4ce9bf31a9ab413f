"""What a browser sends: fields, one file, and the proof that the form is one of ours."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from pos.domain.errors import BadField

_MOST_FIELDS = 40
_BOUNDARY = re.compile(r'\bboundary="?([A-Za-z0-9\'()+_,./:=?-]{1,70})"?')
_NAME = re.compile(r'; name="([^"\r\n]*)"')
_FILENAME = re.compile(r'; filename="([^"\r\n]*)"')


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file by the name that the person's machine gives it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """Fields by name, and files."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, SentFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field; "" where it was not sent."""
        return self.fields.get(name, "")


def read_form(content_type: str, body: bytes) -> Form:
    """The fields of a form in either encoding. Raises BadField where it is in none."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(
                body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
            )
            return Form(dict(pairs))
        if kind == "multipart/form-data":
            return _of_parts(content_type, body)
    except ValueError:
        raise BadField("form", "not_utf8") from None
    if body:
        raise BadField("form", "not_a_form")
    return Form()


def form_token(key: str, action: str) -> str:
    """What a form for `action` has to bring: no one makes it without the cookie `key`."""
    return hmac.new(key.encode(errors="replace"), action.encode(), hashlib.sha256).hexdigest()


def is_form_token(key: str, action: str, token: str) -> bool:
    """Whether a form was given out with this key for this action."""
    return bool(key) and hmac.compare_digest(form_token(key, action).encode(), token.encode(errors="replace"))


def _of_parts(content_type: str, body: bytes) -> Form:
    """Fields and files between the lines of a boundary, each to the byte. Raises ValueError."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise ValueError("no boundary")
    _, *parts, end = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())
    if not end.startswith(b"--") or len(parts) > _MOST_FIELDS:
        raise ValueError("no form of parts")
    fields, files = {}, {}
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        name, filename = (pattern.search(head.decode()) for pattern in (_NAME, _FILENAME))
        if name is None:
            raise ValueError("a part without a name")
        if filename is None:
            fields[name[1]] = content.decode()
        else:
            files[name[1]] = SentFile(filename[1], content)
    return Form(fields, files)
