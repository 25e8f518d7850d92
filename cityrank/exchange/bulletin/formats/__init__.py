"""From the bytes of a file to lines, one module for each format."""
