"""The parts of reading: each module knows one thing that bulletins print, none of them asks a database."""
