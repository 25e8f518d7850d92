"""Rankings with their rules, groups and bands; scores and averages with all that they consist of."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.exchange.deriving import column
from cityrank.exchange.sheets.release import TITLES
from cityrank.exchange.sheets.results import AVERAGES, RECIPIENTS, SCORES, SOURCE
from scores.models import Band, GroupAverage, PeerGroup, Ranking, Score

PEER_GROUPS = Sheet(
    "peer_groups",
    _("peer groups"),
    PeerGroup,
    tuple(
        column(PeerGroup, name)
        for name in (
            *("slug", *TITLES, "subject_kind", "level", "tiers", "without_tiers", "below_tiers"),
            *("definition_zh", "definition_en"),
        )
    ),
    key=("slug",),
    order=("slug",),
)

RANKINGS = Sheet(
    "rankings",
    _("rankings"),
    Ranking,
    (
        column(Ranking, "slug"),
        column(Ranking, "series", _("Number of the series.")),
        column(Ranking, "position"),
        column(Ranking, "line", _("The same ranking through the years.")),
        *(column(Ranking, name) for name in ("title_listed", "title_printed", "title_en", "peer_group")),
        *(column(Ranking, name) for name in ("cutoff", "expected_count", "unit", "max_score", "decimals")),
        *(column(Ranking, name) for name in ("tie_rule", "state", "image_caption", "note_zh", "note_en")),
        *(column(Ranking, name) for name in ("method_changed", "method_note_zh", "method_note_en")),
        *(column(Ranking, name, office=True) for name in ("double_entry", "scan_page")),
        SOURCE,
    ),
    key=("slug",),
    order=("series__number", "position"),
)

BANDS = Sheet(
    "bands",
    _("bands"),
    Band,
    (
        column(Band, "ranking", _("Identifier of the ranking.")),
        *(column(Band, name) for name in ("position", "label_zh", "label_en", "first_rank", "last_rank")),
        *(column(Band, name) for name in ("lowest_score", "highest_score")),
    ),
    key=("ranking", "position"),
    order=("ranking__series__number", "ranking__position", "position"),
)

# A file that is a copy of a release says also what a reader of one table can do without: which of two bands with one
# label is meant, and that a row was printed with other decimals than its table.
BAND_POSITION = Column(
    "band_position",
    _("position of the band"),
    _("Which band of the same ranking the row belongs to."),
    Kind.WHOLE,
    path="band__position",
    sets="band",
)
_SET = {"computed_rank": "computed_rank", "band": ""}
SCORES_IN_FULL = replace(
    SCORES,
    columns=(
        *(replace(one, sets=_SET.get(one.name, one.sets)) for one in SCORES.columns),
        BAND_POSITION,
        column(Score, "decimals"),
    ),
    key=("ranking", "position"),
)
# In a draft a name may not be resolved yet; where a row stands is always known.
RECIPIENTS_IN_FULL = replace(RECIPIENTS, key=("award", "position"))
AVERAGES_IN_FULL = replace(
    AVERAGES, columns=(*AVERAGES.columns, column(GroupAverage, "decimals")), key=("position",)
)
