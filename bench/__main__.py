"""Import 100,000 score rows from .xlsx three ways, on SQLite and on PostgreSQL, and print a table.

Ours (resolver, checks, preview, history, ranks and undo included), django-import-export's default on a sample, and a
`bulk_create` of checked rows that does none of that. Each is measured in a process of its own, one after the other, on
databases made for it. Ratios are what to read: the machine may be busy.

    python -m bench [--rows 100000] [--sample 5000] [--only sqlite|postgresql] [--write docs/performance.md]
"""

import argparse
import datetime as dt
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "var" / "bench"
FILE, SAMPLE = PLACE / "scores.xlsx", PLACE / "sample.xlsx"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=5_000, help="rows for django-import-export")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--write", type=Path, help="put the table into this file")
    options = parser.parse_args()
    PLACE.mkdir(parents=True, exist_ok=True)
    results = {}
    for vendor, url in databases(options.only):
        print(f"{vendor}: making the database and the file ...", flush=True)
        run(url, "prepare", options.rows, options.sample)
        # The yardsticks are held on before and after, as the machine may have something else to do meanwhile.
        parts = ("import_export", "bulk_create", "ours", "again", "bulk_create", "import_export")
        measured = [(part, run(url, part, options.rows, options.sample)) for part in parts]
        results[vendor] = {part: [one for name, one in measured if name == part] for part in parts}
    table = report(results, options.rows, options.sample)
    print(table)
    if options.write:
        write(options.write, table)


def databases(only: str | None) -> list[tuple[str, str]]:
    found = [("sqlite", f"sqlite:///{PLACE / 'bench.sqlite3'}")]
    server = os.environ.get("POSTGRES_URL", "")
    if server and reachable(server):
        found.append(("postgresql", re.sub(r"/[^/]*$", "/cityrank_bench", server)))
    elif only != "sqlite":
        print("PostgreSQL does not answer at POSTGRES_URL; measured on SQLite alone.")
    return [one for one in found if only in (None, one[0])]


def reachable(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
            connection.execute("DROP DATABASE IF EXISTS cityrank_bench WITH (FORCE)")
            connection.execute("CREATE DATABASE cityrank_bench")
    except psycopg.Error:
        return False
    return True


def run(url: str, part: str, rows: int, sample: int) -> dict:
    """Run one part in a process of its own; return what it measured."""
    environment = os.environ | {
        "DATABASE_URL": url, "DEBUG": "false", "SECRET_KEY": "of the bench alone", "MEDIA_ROOT": str(PLACE / "media"),
        "DJANGO_SETTINGS_MODULE": "bench.settings" if part == "import_export" else "cityrank.settings",
        "REDIS_URL": "", "HTTPS": "false",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.imports", part, str(rows), str(sample)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{part}: {done.stderr}")
    result = json.loads(done.stdout.splitlines()[-1])
    print(f"  {part}: {json.dumps(result)}", flush=True)
    return result


def report(results: dict, rows: int, sample: int) -> str:
    """Return the table as Markdown."""
    now = dt.datetime.now(dt.UTC).date()
    load = os.getloadavg()[0]
    lines = [
        f"{now}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} "
        f"at the end; {rows:,} rows, of which django-import-export got the first {sample:,}.",
        "",
        "| | SQLite | PostgreSQL |",
        "|---|---|---|",
    ]
    for name, value in MEASURES.items():
        cells = [value(results[vendor]) if vendor in results else "-" for vendor in ("sqlite", "postgresql")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _one(result: dict, name: str, part: str = "ours") -> float:
    return result[part][0][name]


def _ours(result: dict) -> float:
    return _one(result, "rows") / (_one(result, "preview") + _one(result, "apply"))


def _rate(result: dict, part: str) -> float:
    """Return the rows a second of both times together."""
    return sum(one["rows"] for one in result[part]) / sum(one["seconds"] for one in result[part])


MEASURES = {
    "preview: reading, resolving, checking, comparing (s)": lambda r: f"{_one(r, 'preview'):.1f}",
    "import with history and ranks (s)": lambda r: f"{_one(r, 'apply'):.1f}",
    "both, processor time of the program (s)": lambda r: f"{_one(r, 'cpu'):.1f}",
    "both (rows/s)": lambda r: f"{_ours(r):,.0f}",
    "peak memory of both (MB), of which the program itself": lambda r: (
        f"{_one(r, 'peak')} ({_one(r, 'base')})"
    ),
    "undo (s)": lambda r: f"{_one(r, 'undo'):.1f}",
    "preview of the same rows again, all the same (s; MB)": (
        lambda r: f"{_one(r, 'preview', 'again'):.1f}; {_one(r, 'peak', 'again')}"
    ),
    "a page of the preview, the last of the new rows (ms)": lambda r: f"{_one(r, 'page') * 1000:.0f}",
    "django-import-export, default (rows/s)": lambda r: f"{_rate(r, 'import_export'):,.0f}",
    "`bulk_create` of checked rows, nothing else (rows/s)": lambda r: f"{_rate(r, 'bulk_create'):,.0f}",
    "**ours / django-import-export** (wanted: 30)": lambda r: (
        f"**{_ours(r) / _rate(r, 'import_export'):.0f}**"
    ),
    "**ours / `bulk_create`** (wanted: 0.5)": lambda r: f"**{_ours(r) / _rate(r, 'bulk_create'):.2f}**",
}


def write(path: Path, table: str) -> None:
    text = path.read_text(encoding="utf-8")
    head, _begin, rest = text.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    path.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
