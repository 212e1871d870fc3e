"""A whole .tex -> its PDF: the body, the contents, the references and a skeleton that holds them together."""
