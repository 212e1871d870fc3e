"""What changed in the .tex -> the pages that changed, set alone and put into the PDF that is there."""
