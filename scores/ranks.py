"""Keep the computed rank of a ranking's rows true."""

from django.db import transaction

from scores.methodology.ranking import competition_ranks
from scores.models import Ranking, Score


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
