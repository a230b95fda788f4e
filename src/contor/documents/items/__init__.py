"""Line items: heads of tables, columns, factors, lines."""
