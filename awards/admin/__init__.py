"""The admin of editions and of what a release says in words; one module for each group of models."""

from awards.admin import awards, editions, sources, statements

__all__ = ["awards", "editions", "sources", "statements"]
