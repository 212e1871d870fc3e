"""A file of the author's -> a picture that LaTeX can place, or why it cannot be one."""
