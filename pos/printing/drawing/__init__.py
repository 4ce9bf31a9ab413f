"""Drawing tools of all printed documents: pages, rows, fonts, bar codes, tables."""
