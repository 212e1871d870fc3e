"""Finished PDFs -> another PDF: pages put in, fonts and drawings shared, words of the outline changed."""
