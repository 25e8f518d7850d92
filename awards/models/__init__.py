"""Editions, their releases, and what a release says in words: series, awards, citations, findings, facts."""

from awards.models.awards import Award, Citation, Recipient, Series
from awards.models.base import ReleaseContent, Verifiable
from awards.models.editions import Edition, Line, Organiser, Release
from awards.models.sources import Attachment, Source
from awards.models.statements import Fact, Section

__all__ = [
    "Attachment",
    "Award",
    "Citation",
    "Edition",
    "Fact",
    "Line",
    "Organiser",
    "Recipient",
    "Release",
    "ReleaseContent",
    "Section",
    "Series",
    "Source",
    "Verifiable",
]
