// What looks wrong in a row while it is typed. It is said and never stops anybody: the checks of the release decide.

const NUMBER = /^[+-]?(\d{1,3}([, ]\d{3})+|\d+)?((?<=\d)\.\d*|\.\d+)?$/;

function plain(text) {
  return text.normalize("NFKC").trim().replace("\u2212", "-");
}

// null for nothing, NaN for what is no number; the server reads the same way.
export function number(text) {
  const typed = plain(text);
  if (!typed) return null;
  return NUMBER.test(typed) && /\d/.test(typed) ? Number(typed.replace(/[, ]/g, "")) : NaN;
}

function decimals(text) {
  return (plain(text).split(".")[1] || "").length;
}

function isKnown(...values) {
  return values.every((value) => value !== null && !Number.isNaN(value));
}

// Returns for each row a sentence, "" where all is well. `last` is the index of the last row with anything in it.
export function findings(all, last, table) {
  const first = new Map();
  const other = new Map();
  all.forEach((row, index) => {
    if (!row.subject) return;
    if (first.has(row.subject)) other.set(index, first.get(row.subject)).set(first.get(row.subject), index);
    else first.set(row.subject, index);
  });
  let run = 0; // how many rows up to this one share its rank
  return all.map((row, index) => {
    const rank = number(row.printed_rank);
    const before = all[index - 1];
    const tied = before && isKnown(rank, number(before.printed_rank)) && rank === number(before.printed_rank);
    const found = index > last ? [] : [...ofRow(row, table)];
    if (before && index <= last) found.push(...order(row, before, run, table));
    run = tied ? run + 1 : 1;
    if (other.has(index)) found.push(table.texts.twice.replace("{row}", other.get(index) + 1));
    return found.join("; ");
  });
}

function* ofRow(row, table) {
  const texts = table.texts;
  const score = number(row.printed_score);
  const rank = number(row.printed_rank);
  const isEmpty = !row.printed_rank && !row.printed_name && !row.printed_score && !row.subject;
  if (Number.isNaN(score)) yield texts.noNumber;
  if (rank !== null && !(Number.isInteger(rank) && rank >= 1)) yield texts.rankNumber;
  if (score !== null && score < 0) yield texts.belowZero;
  if (score !== null && table.maximum !== null && score > Number(table.maximum)) {
    yield texts.aboveMaximum.replace("{maximum}", Number(table.maximum));
  }
  if (table.decimals !== null && isKnown(score) && decimals(row.printed_score) > table.decimals) yield texts.decimals;
  if (!isEmpty && row.printed_name && score === null && row.isLeft && ["final", "estimated"].includes(row.status)) {
    yield texts.noScore;
  }
  if (row.printed_name && !row.subject) yield texts.noSubject;
}

function* order(row, before, run, table) {
  const texts = table.texts;
  const [score, scoreBefore] = [number(row.printed_score), number(before.printed_score)];
  const [rank, rankBefore] = [number(row.printed_rank), number(before.printed_rank)];
  if (isKnown(score, scoreBefore) && score > scoreBefore && !(isKnown(rank, rankBefore) && rank < rankBefore)) {
    yield texts.order;
  }
  if (!isKnown(rank, rankBefore)) return;
  if (rank === rankBefore) {
    if (table.tieRule === "ordinal") yield texts.rankOrder;
    else if (isKnown(score, scoreBefore) && score !== scoreBefore) yield texts.tied;
    return;
  }
  const next = { min: rankBefore + run, dense: rankBefore + 1, ordinal: rankBefore + 1 }[table.tieRule];
  // Where equal ranks are the lower one, the next rank depends on how many rows follow that share it.
  if (table.tieRule === "max" ? rank < rankBefore : rank !== next) yield texts.rankOrder;
}
