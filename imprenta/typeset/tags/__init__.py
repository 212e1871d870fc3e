"""The tags of a PDF: marks that TeX wrote into its pages -> the tree that screen readers read (decision 40)."""
