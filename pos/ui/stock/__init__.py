"""Stock: documents, moves, what expires, batches."""
