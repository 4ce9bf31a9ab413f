"""The allowance in words and figures, and the page of rules."""
