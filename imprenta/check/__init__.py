"""A Paper and its bibliography -> the problems of what it says."""
