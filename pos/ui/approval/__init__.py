"""An approval by name and PIN, asked for on the page of the step."""
