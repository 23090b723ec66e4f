# Run at the start of every Python.
