"""Finding subjects by what people type: the keys they are stored under, how a query is read, what it finds."""
