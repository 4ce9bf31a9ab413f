"""What every page of the console promises as HTML: it is whole, nothing is without a name, and nothing runs in it."""

from __future__ import annotations

from html.parser import HTMLParser

_EMPTY = {"meta", "link", "input", "br", "hr", "img"}
_FIELDS = {"input", "select", "textarea"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.tables: list[set[str]] = []
        self.language = ""
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag in ("script", "style", "iframe", "object"):
            self.faults.append(tag)
        if tag == "html":
            self.language = given.get("lang") or ""
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "label":
            self.labels.add(given.get("for") or "")
        if tag in _FIELDS and given.get("type") != "hidden":
            self.fields.append(given)
        if tag == "table":
            self.tables.append(set())
        if tag == "caption":
            self.tables[-1].add("caption")
        if tag == "th" and given.get("scope") not in ("col", "row"):
            self.faults.append("th without scope")
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def faults_of(text: str, language: str) -> list[str]:
    """What is wrong with a page; nothing, as a rule."""
    page = _Page()
    page.feed(text)
    page.close()
    faults = page.faults + [f"<{tag}> stays open" for tag in page.open]
    faults += [f"id {each} twice" for each in set(page.ids) if page.ids.count(each) > 1]
    faults += [f"no label: {each}" for each in page.fields if each.get("id") not in page.labels]
    faults += ["table without caption" for each in page.tables if "caption" not in each]
    if page.language != language:
        faults.append(f"lang {page.language}")
    if page.headings[:1] != ["h1"] or page.headings.count("h1") != 1:
        faults.append(f"headings {page.headings}")
    return faults
