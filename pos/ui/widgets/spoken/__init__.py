"""What a screen reader says: what a widget is, and what has changed beside the cursor."""
