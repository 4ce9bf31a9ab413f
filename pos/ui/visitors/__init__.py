"""The visitors' desk: what the shop knows of a person, and the rare steps of a visit."""
