"""The allowance rules: which hold today and by date, where they come from, and files that could not be used."""
