"""Keep the computed rank of a ranking's rows true."""

from collections.abc import Iterable

from django.db import connection, transaction

from scores.methodology.ranking import competition_ranks
from scores.models import Ranking, Score

_ASIDE = "cityrank_new_ranks"
# The rules of `scores.methodology.ranking` as databases say them; rows without a score come last and have no rank.
_IN_SQL = {
    "min": "rank() OVER ({window})",
    "dense": "dense_rank() OVER ({window})",
    "max": "count(*) OVER ({window})",
    "ordinal": "row_number() OVER ({window}, {position})",
}


def rank_in_sql(rule: str, ranking: str, score: str, position: str) -> str:
    """Return the expression for the rank of a row among the rows of a statement, made of expressions for its columns.

    `rule` is one of `Ranking.TieRule`, or an expression for it.
    """
    window = f"PARTITION BY {ranking} ORDER BY CASE WHEN {score} IS NULL THEN 1 ELSE 0 END, {score} DESC"
    ranks = {one: form.format(window=window, position=position) for one, form in _IN_SQL.items()}
    if rule in ranks:
        return f"CASE WHEN {score} IS NOT NULL THEN {ranks[rule]} END"
    cases = " ".join(f"WHEN '{one}' THEN {rank}" for one, rank in ranks.items())
    return f"CASE WHEN {score} IS NOT NULL THEN CASE {rule} {cases} END END"


@transaction.atomic
def recompute(ranking: Ranking) -> int:
    """Set `computed_rank` from the scores under the ranking's rule for ties; rows without a score have none.

    Returns the number of rows that changed.
    """
    rows = list(
        ranking.scores.only("pk", "ranking", "printed_score", "computed_rank", "position").order_by(
            "position"
        )
    )
    scores = {row.pk: row.printed_score for row in rows if row.printed_score is not None}
    ranks = dict(zip(scores, competition_ranks(list(scores.values()), ranking.tie_rule), strict=True))
    changed = []
    for row in rows:
        rank = int(ranks[row.pk]) if row.pk in ranks else None
        if row.computed_rank != rank:
            row.computed_rank = rank
            changed.append(row)
    Score.objects.bulk_update(changed, ["computed_rank"], batch_size=500)
    return len(changed)


@transaction.atomic
def recompute_all(rankings: Iterable[Ranking]) -> int:
    """Do for many tables what `recompute` does for one, inside the database; return the number of rows that changed.

    An import of 100,000 rows would spend more time on their ranks than on anything else.
    """
    changed = 0
    by_rule: dict[str, list[int]] = {}
    for ranking in rankings:
        by_rule.setdefault(ranking.tie_rule, []).append(ranking.pk)
    for rule, keys in by_rule.items():
        changed += _recomputed(rank_in_sql(rule, "s.ranking_id", "s.printed_score", "s.position"), keys)
    return changed


def _recomputed(rank: str, rankings: list[int]) -> int:
    """Find the ranks that are another, in one pass over the rows, and set those."""
    table, marks = Score._meta.db_table, ", ".join(["%s"] * len(rankings))
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    with connection.cursor() as cursor:
        # Kept in a table of its own: joined with the query itself, a database that has not counted its new rows yet
        # would compare each of them with each.
        cursor.execute(f"CREATE TEMPORARY TABLE {_ASIDE} (id bigint PRIMARY KEY, place integer)")
        cursor.execute(
            f"INSERT INTO {_ASIDE} SELECT id, place FROM (SELECT s.id, s.computed_rank, {rank} AS place FROM {table} s "
            f"WHERE s.ranking_id IN ({marks})) AS ranked WHERE computed_rank {differs} place",
            rankings,
        )
        changed = cursor.rowcount
        if changed:
            cursor.execute(
                f"UPDATE {table} AS t SET computed_rank = n.place FROM {_ASIDE} n WHERE n.id = t.id"
            )
        cursor.execute(f"DROP TABLE {_ASIDE}")
        return changed
