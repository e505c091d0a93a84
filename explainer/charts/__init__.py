"""Charts: one picture a file; each function returns a Chart."""
