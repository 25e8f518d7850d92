"""The gazetteer: how its files are built from their sources, read, checked and loaded."""
