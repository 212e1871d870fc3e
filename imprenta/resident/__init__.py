"""A process that has built -> a resident one, which stays behind and runs the next commands of its report."""
