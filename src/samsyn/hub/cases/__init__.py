"""The case room: cases, facts, files, tasks, clocks, the register of each agency."""
