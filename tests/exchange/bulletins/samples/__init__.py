"""Bulletins in other layouts, made for the tests: the places are real, and nothing that is said of them is."""
