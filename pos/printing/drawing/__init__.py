"""What all printed documents are drawn with: pages, rows, fonts, bar codes, tables."""
