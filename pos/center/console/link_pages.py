"""Linked documents, and their separation."""

from __future__ import annotations

from starlette.responses import Response

from pos.application.center_console.refusals import NotLinked
from pos.center.console.visit import Visit


def linked_page(visit: Visit) -> Response:
    """The newest links, or those of a visitor."""
    name = visit.query.get("name", "").strip()[:40]
    return visit.page("linked.html", linked=visit.parts.steps.linked(name), name=name)


def unlink_page(visit: Visit) -> Response:
    """One link, with the question for a reason."""
    document = visit.form.text("document") or visit.query.get("document", "")
    found = [each for each in visit.parts.steps.linked(document) if each.document == document]
    if not found:
        raise NotLinked(document[:40])
    return visit.page("unlink.html", linked=found[0], reason=visit.form.text("reason"))


def unlink(visit: Visit) -> Response:
    """Make two visitors of one."""
    visit.parts.steps.unlink(visit.account, visit.form.text("document"), visit.form.text("reason"))
    return visit.go("/linked", "unlinked")
