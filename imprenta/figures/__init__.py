"""Figures as data -> vector drawings, their problems, their texts for who does not see them."""
