"""Read-only questions: search and reports."""
