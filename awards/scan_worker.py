"""Reads a picture or a PDF from standard input and writes what may be kept of it: its pages, a line, the content.

Run as a program of its own, with little memory and time, by `awards.scans`: the file comes from a stranger. Ends with
1 and a line that says why where nothing is kept.
"""

import resource
import sys

from awards.scan_drawing import Unfit, pages_anew, picture_anew

MOST_MEMORY = 700 * 1024 * 1024  # of addresses; what is used of it is far less
MOST_SECONDS = 40


def main(form: str) -> int:
    limits = (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),  # it writes to its output and nowhere else
        (resource.RLIMIT_CORE, 0),
    )
    for limit, value in limits:
        _soft, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
    content = sys.stdin.buffer.read()
    try:
        kept, count = pages_anew(content) if form == "PDF" else (picture_anew(content, form), 1)
    except Unfit as unfit:
        sys.stdout.write(" ".join([unfit.reason, *map(str, unfit.figures)]))
        return 1
    sys.stdout.buffer.write(b"%d\n" % count)
    sys.stdout.buffer.write(kept)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
