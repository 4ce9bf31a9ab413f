"""Whether the books agree with themselves: each module compares one kind of record with what it must equal."""
