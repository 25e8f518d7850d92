"""The admin of tables and averages; one module for each group of models."""

from scores.admin import averages, rankings, scores

__all__ = ["averages", "rankings", "scores"]
