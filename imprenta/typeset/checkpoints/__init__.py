"""A run's notes at its checkpoints -> a trace; rows of the .tex and a checkpoint -> a job that begins there."""
