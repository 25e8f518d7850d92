"""A whole release as a Frictionless Data Package, and back."""

from cityrank.exchange.packages.faults import BadPackage, Fault
from cityrank.exchange.packages.reading import read_package
from cityrank.exchange.packages.writing import refuse_unpublished, write_package

__all__ = ["BadPackage", "Fault", "read_package", "refuse_unpublished", "write_package"]
