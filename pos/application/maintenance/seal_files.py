"""Export the seals as a file, and read seals kept elsewhere: such a file, or the anchors of Zs from printouts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.access.journal_export import EXPORT
from pos.application.ports.maintenance_ports import ANCHOR, ExternalAnchor
from pos.application.settings.context import UseCase
from pos.application.settings.set_setting import SETTINGS
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person

_PAPER = re.compile(r"([A-Z][A-Z0-9]{0,7})-Z([0-9]{6,9})\s+([0-9a-f]{4}\s?[0-9a-f]{4}\s?[0-9a-f]{4})")


class ExportSeals(UseCase):
    """One line of JSON for each seal: none of it is secret, and more copies make more evidence."""

    def __call__(self, person: Person, file: str) -> Sequence[str]:
        """The lines; the journal records the export. Raises NotAllowed."""
        with authorized_read(self.store, person, SETTINGS) as work:
            lines = [json.dumps({"content": one.content, "signature": one.signature}) for one in work.seals.walk()]
        with authorized_write(self.store, person, SETTINGS) as (work, person):
            details = {"what": "seals", "file": file, "rows": len(lines)}
            work.journal.write(self.now(), self.till, person.name, EXPORT, details)
            work.commit()
        return lines


def read_external_anchors(text: str, field: str = "seals") -> list[ExternalAnchor]:
    """Seals kept outside: lines of JSON, or T1-Z000012 3f2a 9c01 77de as printed with a Z. Raises BadField."""
    anchors = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            anchors.append(
                _json(line, f"{field}:{number}")
                if line.lstrip().startswith("{")
                else _printed_anchor(line, f"{field}:{number}")
            )
    return anchors


def _json(line: str, field: str) -> ExternalAnchor:
    try:
        fields = json.loads(line)
        content = json.loads(fields["content"])
        return ExternalAnchor(
            str(content["till"]), int(content["number"]), None, str(fields["content"]), str(fields["signature"])
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadField(field, "not_seals", line[:40]) from None


def _printed_anchor(line: str, field: str) -> ExternalAnchor:
    match = _PAPER.fullmatch(line.strip())
    if match is None:
        raise BadField(field, "not_seals", line.strip()[:40])
    anchor = re.sub(r"\s", "", match[3])
    assert len(anchor) == ANCHOR, "the pattern says so"
    return ExternalAnchor(match[1], None, int(match[2]), "", "", anchor)
