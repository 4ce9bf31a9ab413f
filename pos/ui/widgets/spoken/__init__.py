"""What a screen reader is told: what a widget is, and what has changed beside the cursor."""
