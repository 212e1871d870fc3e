"""A plot's program and the data that it asks for -> its drawing by matplotlib, in the dress of the house."""
