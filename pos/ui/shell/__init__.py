"""The window around the pages: start, frame, rail, status line, which pages are built for whom."""
