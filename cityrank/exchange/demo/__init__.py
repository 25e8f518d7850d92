"""A made-up evaluation of several years, to try the site out and to develop it with.

Places are those of the gazetteer. Everything said of them here is invented: figures, winners, citations, companies.
"""

from cityrank.exchange.demo.story import FULL, SMALL, Scale, load_demo

__all__ = ["FULL", "SMALL", "Scale", "load_demo"]
