"""The page of allowance rules."""
