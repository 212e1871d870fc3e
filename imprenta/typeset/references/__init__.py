"""The works that a document cites -> the list of references, set alone."""
