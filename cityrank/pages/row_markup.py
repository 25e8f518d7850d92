"""The markup of a table's rows.

Written here and not in a template because a table may have 3,000 rows: a template takes 0.7 ms for each of them, this a
small part of it. Every text goes through `escape`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from cityrank.pages.addresses import subject_folder
from cityrank.registry.texts import is_english
from cityrank.results.tables import Row, Table


@dataclass(frozen=True)
class Words:
    """The words of the rows, looked up once for all of them."""

    shared: str
    computed: str
    former: str
    to_row: str
    up: str
    down: str
    same: str
    new: str


def rows_markup(table: Table, base: str = "") -> SafeString:
    """Return the bodies of a table's rows; `base` is the path of the ranking's page where they stand on another."""
    write = _writer(table.columns, base)
    return SafeString("".join(f"<tbody>{''.join(map(write, part))}</tbody>" for part in table.parts))


def name_markup(row: Row, base: str = "") -> SafeString:
    """Return the name of a row's subject as a link, with what it belongs to and the row's own address."""
    words = _words()
    return SafeString(_name(row, words, is_english()) + _own_address(row, words, base))


def _writer(columns: Iterable[str], base: str) -> Callable[[Row], str]:
    words, english = _words(), is_english()
    cells = [_CELLS[name] for name in columns]

    def write(row: Row) -> str:
        return (
            f'<tr id="{row.anchor}"><td class="num rank">{_own_address(row, words, base)}{_rank(row, words)}</td>'
            f'<th scope="row">{_name(row, words, english)}</th>'
            f"{''.join([cell(row, words) for cell in cells])}</tr>\n"
        )

    return write


def _words() -> Words:
    return Words(
        shared=escape(gettext("(shared)")),
        computed=escape(gettext("computed: %(rank)s")),
        former=escape(gettext("former unit")),
        to_row=escape(gettext("Link to this row: %(name)s")),
        up=escape(pgettext("ranks", "up")),
        down=escape(pgettext("ranks", "down")),
        same=escape(gettext("unchanged")),
        new=escape(pgettext("in a table", "new")),
    )


def _rank(row: Row, words: Words) -> str:
    text = "\u2013" if row.rank is None else str(row.rank)
    if row.is_tied:
        text = f'<span aria-hidden="true">=</span>{text}<span class="hidden"> {words.shared}</span>'
    if row.computed_rank:
        text += f' <span class="flag">{words.computed % {"rank": row.computed_rank}}</span>'
    return text


def _name(row: Row, words: Words, english: bool) -> str:
    name, printed = escape(row.name), escape(row.printed_name)
    if not row.slug:
        return printed
    text = f'<a class="winner-name" href="{subject_folder(row.kind)}{row.slug}/">{name}</a>'
    if english and name != printed:
        text += f' <span class="winner-printed" lang="zh-Hans">{printed}</span>'
    path = escape(row.path)
    if row.is_former:
        path += f' <span class="former">{words.former}</span>'
    return f'{text}<span class="winner-path">{path}</span>' if path else text


def _own_address(row: Row, words: Words, base: str) -> str:
    if not row.slug:
        return ""
    label = words.to_row % {"name": escape(row.name)}
    return f'<a class="to-row" href="{base}rows/{row.slug}/" rel="nofollow" aria-label="{label}">#</a>'


def _score(row: Row, words: Words) -> str:
    label, note = escape(row.status_label), escape(row.note)
    text = row.score or f'<span class="quiet">{label}</span>'
    if row.score and label:
        text += f' <span class="flag">{label}</span>'
    if note:
        text += f'<span class="note">{note}</span>'
    return f'<td class="num">{text}</td>'


def _previous(row: Row, words: Words) -> str:
    return f'<td class="num">{"" if row.previous is None else row.previous}</td>'


def _moved(row: Row, words: Words) -> str:
    """An arrow for those who see it, a word for those who hear the page; colour only repeats what they say."""
    if row.moved in ("up", "down"):
        sign, word = ("\u25b2", words.up) if row.moved == "up" else ("\u25bc", words.down)
        hidden = f'<span aria-hidden="true">{sign}</span><span class="hidden">{word}</span>'
        return f'<td class="num moved-{row.moved}">{hidden} {row.places}</td>'
    if row.moved == "same":
        return f'<td class="num"><span aria-hidden="true">\u2013</span><span class="hidden">{words.same}</span></td>'
    return f'<td class="num moved-new">{words.new}</td>' if row.moved == "new" else "<td></td>"


_CELLS: dict[str, Callable[[Row, Words], str]] = {
    "score": _score,
    "previous": _previous,
    "move": _moved,
    "band": lambda row, words: f"<td>{escape(row.band)}</td>",
    "province": lambda row, words: f"<td>{escape(row.province)}</td>",
    "tier": lambda row, words: f"<td>{escape(row.tiers)}</td>",
}
