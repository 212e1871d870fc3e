"""Finished PDFs -> another PDF: pages of one put into another."""
