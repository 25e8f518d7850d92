"""Rankings with their peer groups and bands, scores, group averages."""

from scores.models.averages import GroupAverage
from scores.models.rankings import Band, PeerGroup, Ranking
from scores.models.scores import Score

__all__ = ["Band", "GroupAverage", "PeerGroup", "Ranking", "Score"]
