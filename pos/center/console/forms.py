"""What a browser sends: fields, one file, and the proof that the form is one of ours."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from urllib.parse import parse_qsl

from pos.domain.errors import BadField

_MOST_FIELDS = 40


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
    """Raises ValueError. The parser of mail keeps the bytes of a part as they are."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser().parsebytes(head + body)
    parts = message.get_payload()
    if not isinstance(parts, list) or len(parts) > _MOST_FIELDS:
        raise ValueError("no form of parts")
    fields, files = {}, {}
    for part in parts:
        if not isinstance(part, Message):
            raise ValueError("no part")
        name = _parameter(part, "name")
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise ValueError("a part of parts")  # what was sent is wrong, not what we passed
        if part.get_param("filename", header="content-disposition") is None:
            fields[name] = content.decode()
        else:
            files[name] = SentFile(_parameter(part, "filename"), content)
    return Form(fields, files)


def _parameter(part: Message, name: str) -> str:
    """A parameter of Content-Disposition, which browsers write in UTF-8."""
    found = part.get_param(name, header="content-disposition")
    if not isinstance(found, str):
        raise ValueError(f"no {name}")
    return found.encode("ascii", "surrogateescape").decode()
