"""Regimes in force, files for another person to approve, and what they change."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from datetime import date

from starlette.responses import Response

from pos.application.center.ports import ProposedRegime, RegimeChange, RegimeInForce
from pos.application.center.refusals import RegimeFileNotKnown
from pos.application.center_console.ports import ConsoleContext
from pos.application.center_console.today import center_zone
from pos.application.settings.options import read_date
from pos.application.text.formatting import date_text, instant_text
from pos.application.text.translator import Translator
from pos.center.console.visit import Visit
from pos.domain.errors import BadField

_LONGEST = 256 * 1024
_DIGEST = 12
_MOST = 2**63


def regimes_page(visit: Visit) -> Response:
    """By what the center judges, and which files were proposed."""
    files, in_force = visit.parts.steps.regime_files()
    tr = visit.tr
    shown = [_in_force(each, tr) for each in in_force]
    listed = [_file(file, visit.parts.steps.context, tr) for file in reversed(files)]
    return visit.page("regimes.html", in_force=shown, files=listed)


def preview_file(visit: Visit) -> Response:
    """What a file that was sent would change; nothing of it is kept yet."""
    sent = visit.form.files.get("file")
    if sent is None or not sent.content:
        raise BadField("file", "missing")
    return _preview(visit, sent.name.replace("\\", "/").rpartition("/")[2], sent.content)


def propose_file(visit: Visit) -> Response:
    """Keep the file that was looked at."""
    form = visit.form
    number = visit.parts.steps.propose_file(
        visit.account, form.text("name"), _unpacked(form.text("content")), _day(visit)
    )
    return visit.go(f"/regimes/{number}", "proposed")


def file_page(visit: Visit) -> Response:
    """A file that was proposed, with what it changes in the one in force."""
    context, tr = visit.parts.steps.context, visit.tr
    preview = visit.parts.steps.show_regime(_number(visit))
    file = _file(preview.file, context, tr)
    changes = _changes(preview.changes, context, preview.file.regime, tr)
    return visit.page("regime_file.html", file=file, changes=changes)


def approve_file(visit: Visit) -> Response:
    """Let it be in force from its day on."""
    number = _number(visit)
    visit.parts.steps.approve_file(visit.account, number)
    return visit.go(f"/regimes/{number}", "approved")


def _preview(visit: Visit, name: str, content: bytes) -> Response:
    day, tr = _day(visit), visit.tr
    preview = visit.parts.steps.preview_file(visit.account, name, content, day)
    regime = preview.file.regime
    return visit.page(
        "preview.html",
        name=name,
        title=regime.title_in(tr.language),
        digest=preview.file.digest[:_DIGEST],
        day=day.isoformat(),
        starts_on=date_text(day, tr.language),
        content=_packed(content),
        changes=_changes(preview.changes, visit.parts.steps.context, regime.id, tr),
    )


def _in_force(each: RegimeInForce, tr: Translator) -> Mapping[str, object]:
    regime = each.regime
    sources = dict.fromkeys(rule.source for rule in regime.rules if rule.source)
    return {
        "id": regime.id,
        "title": regime.title_in(tr.language),
        "since": tr("with the program") if each.starts_on is None else date_text(each.starts_on, tr.language),
        "digest": each.digest[:_DIGEST],
        "sources": list(sources),
    }


def _file(file: ProposedRegime, context: ConsoleContext, tr: Translator) -> Mapping[str, object]:
    at = center_zone()
    known = context.center.regimes().get(file.regime)
    approved_at = None if file.approved_at is None else instant_text(file.approved_at, at, tr.language)
    return {
        "number": file.id,
        "title": file.regime if known is None else known.regime.title_in(tr.language),
        "starts_on": date_text(file.starts_on, tr.language),
        "by": file.by,
        "at": instant_text(file.at, at, tr.language),
        "digest": file.digest[:_DIGEST],
        "approved_by": file.approved_by,
        "approved_at": approved_at,
    }


def _changes(
    changes: Sequence[RegimeChange] | None, context: ConsoleContext, regime: str, tr: Translator
) -> Sequence[Mapping[str, object]] | None:
    """Each change with the title of its rule; None where the regime is new."""
    if changes is None:
        return None
    known = context.center.regimes().get(regime)
    titles = {} if known is None else {rule.id: rule.title_in(tr.language) for rule in known.regime.rules}
    return [
        {
            "rule": titles.get(each.rule, each.rule) if each.rule else tr("the whole file"),
            "field": each.field or tr("the whole rule"),
            "before": each.before,
            "after": each.after,
        }
        for each in changes
    ]


def _day(visit: Visit) -> date:
    return read_date(visit.form.text("from"), "from")


def _number(visit: Visit) -> int:
    """The number in the path, which has digits alone there."""
    number = int(str(visit.parameters["number"]))
    if number >= _MOST:
        raise RegimeFileNotKnown(number)
    return number


def _packed(content: bytes) -> str:
    """A file inside a form: the person sees its preview, and sends the same bytes again."""
    return base64.b64encode(zlib.compress(content)).decode("ascii")


def _unpacked(text: str) -> bytes:
    """Raises BadField; a small text can stand for no file that is larger than one may be."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b64decode(text, validate=True), _LONGEST)
    except (ValueError, binascii.Error, zlib.error):
        raise BadField("file", "not_readable") from None
    if not unpacking.eof:
        raise BadField("file", "too_large")
    return content
