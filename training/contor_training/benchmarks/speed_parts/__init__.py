"""The parts of the speed bench: one module an area, each run in a process of its own."""
