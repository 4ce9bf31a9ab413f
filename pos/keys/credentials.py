"""The credentials of the tills of a folder at other services, in a 0600 file of its own.

They are each till's: no backup, no export of keys and no training has them, and the store knows nothing of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pos.application.center.till_pass import TillPass
from pos.application.files.atomic_write import read_file, remove_file, replace_file, write_atomically
from pos.application.membership.refusals import NotOfThisDemo
from pos.domain.errors import BadField
from pos.keys.keyfile import KeyFileError

_CENTER, _PROVIDERS = "center", "providers"
_DAMAGED = "credentials_damaged"
_LONGEST = 256 * 1024

_Stamp = tuple[int, int, int]


@dataclass
class CredentialFile:
    """Implements `Credentials` for a till: its pass is read again when the file has changed."""

    path: Path
    till: str
    _read: tuple[_Stamp | None, TillPass | None] | None = field(default=None, repr=False)

    def read(self) -> TillPass | None:
        """The till's pass of a center; None without one. Raises KeyFileError."""
        stamp = self._stamp()
        if self._read is None or self._read[0] != stamp:
            given = None if stamp is None else self._content().get(self.till, {}).get(_CENTER)
            try:
                self._read = stamp, None if given is None else TillPass.from_text(given)
            except (BadField, AttributeError) as error:
                raise KeyFileError(_DAMAGED, str(self.path)) from error
        return self._read[1]

    def readable(self) -> TillPass | None:
        """The same, also None where the file cannot be read: a document is shown all the same."""
        try:
            return self.read()
        except KeyFileError:
            return None

    def keep(self, given: TillPass) -> None:
        """Keep the pass of this till. A damaged file goes beside it. Raises KeyFileError."""
        try:
            content = self._content()
        except KeyFileError as trouble:
            if trouble.what != _DAMAGED:
                raise
            content = {}
            self._set_aside()
        content[self.till] = {**content.get(self.till, {}), _CENTER: given.to_text()}
        self._write(content)

    def forget(self) -> None:
        """Forget the pass of this till. Raises KeyFileError."""
        content = self._content()
        self._put(content, _CENTER, None)
        self._write(content)

    def provider(self, name: str) -> Mapping[str, str]:
        """The fields of a payment provider, empty where there are none. Raises KeyFileError."""
        kept = self._content().get(self.till, {}).get(_PROVIDERS, {})
        fields = kept.get(name, {}) if isinstance(kept, dict) else None
        if not isinstance(fields, dict) or not all(isinstance(one, str) for one in fields.values()):
            raise KeyFileError(_DAMAGED, str(self.path))
        return fields

    def keep_provider(self, name: str, fields: Mapping[str, str]) -> None:
        """Keep the fields of a payment provider; empty ones forget it. Raises KeyFileError."""
        content = self._content()
        kept = dict(content.get(self.till, {}).get(_PROVIDERS, {}))
        kept.pop(name, None)
        if fields:
            kept[name] = dict(fields)
        self._put(content, _PROVIDERS, kept or None)
        self._write(content)

    def _put(self, content: dict[str, Any], part: str, value: object) -> None:
        """A part of the till's own; without any the till is not in the file."""
        own = {name: each for name, each in content.get(self.till, {}).items() if name != part}
        if value is not None:
            own[part] = value
        content.pop(self.till, None)
        if own:
            content[self.till] = own

    def _stamp(self) -> _Stamp | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeyFileError("credentials_unreadable", str(self.path), error.strerror or "") from error
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _content(self) -> dict[str, Any]:
        try:
            raw = read_file(self.path)
            content = json.loads(raw) if len(raw) <= _LONGEST else None
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise KeyFileError("credentials_unreadable", str(self.path), error.strerror or "") from error
        except (ValueError, RecursionError) as error:
            raise KeyFileError(_DAMAGED, str(self.path)) from error
        if not isinstance(content, dict) or not all(isinstance(each, dict) for each in content.values()):
            raise KeyFileError(_DAMAGED, str(self.path))
        return content

    def _set_aside(self) -> None:
        try:
            replace_file(self.path, self.path.with_name(f"{self.path.name}.damaged"))
        except OSError as error:
            raise KeyFileError("credentials_unwritable", str(self.path), error.strerror or "") from error

    def _write(self, content: dict[str, Any]) -> None:
        try:
            if content:
                write_atomically(self.path, json.dumps(content, indent=1).encode())
            else:
                remove_file(self.path)
        except OSError as error:
            raise KeyFileError("credentials_unwritable", str(self.path), error.strerror or "") from error
        self._read = None


@dataclass(frozen=True, slots=True)
class DemoCredentials:
    """Implements `Credentials` for a till of a demo of a whole center: with other passes it opens no connection."""

    file: CredentialFile
    own: frozenset[str]
    """The digests of the passes that were made for this demo."""

    def read(self) -> TillPass | None:
        """The till's pass, if it is one of this demo; else it takes part in no center. Raises KeyFileError."""
        given = self.file.read()
        return given if given is not None and given.digest in self.own else None

    def readable(self) -> TillPass | None:
        """The same, also None where the file cannot be read."""
        try:
            return self.read()
        except KeyFileError:
            return None

    def keep(self, given: TillPass) -> None:
        """Raises NotOfThisDemo and KeyFileError."""
        self.check(given)
        self.file.keep(given)

    def forget(self) -> None:
        """Raises KeyFileError."""
        self.file.forget()

    def check(self, given: TillPass) -> None:
        """Raises NotOfThisDemo."""
        if given.digest not in self.own:
            raise NotOfThisDemo
