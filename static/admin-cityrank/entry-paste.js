// A block copied from a spreadsheet: which of its columns is which, with or without a row of headings.

import { number } from "./entry-rules.js";

const COLUMNS = ["printed_rank", "printed_name", "printed_score"];
const HEADINGS = [
  ["printed_rank", /^(排名|名次|位次|排序|序号|rank|ranking|no\.?|#)$/i],
  ["printed_score", /(得分|分数|总分|评分|指数|分值|score|points|index)/i],
  ["printed_name", /(名称|城市|地区|省份|区县|县市|单位|name|city|place|subject|region)/i],
];

function cells(line) {
  return line.split("\t").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"').trim());
}

function headings(line) {
  const found = line.map((cell) => HEADINGS.find(([, words]) => words.test(cell.normalize("NFKC")))?.[0] || null);
  const named = found.filter(Boolean);
  const isHeading = named.length >= Math.min(2, line.length) && !line.some((cell) => cell && isKnown(cell));
  return isHeading && new Set(named).size === named.length ? found : null;
}

function isKnown(cell) {
  const value = number(cell);
  return value !== null && !Number.isNaN(value);
}

// Returns one mapping from column to text for each row, or null where it is no block but a single value.
export function block(text, column) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n").filter((line) => line.trim()).map(cells);
  if (!lines.length || (lines.length === 1 && lines[0].length === 1)) return null;
  let names = headings(lines[0]);
  if (names) lines.shift();
  else {
    const at = Math.max(0, COLUMNS.indexOf(column));
    // A block of names and scores that was pasted into the column of ranks.
    const isName = at === 0 && lines.every(([first]) => !isKnown(first) && first);
    names = COLUMNS.slice(isName ? 1 : at);
  }
  return lines.map((line) => Object.fromEntries(line.map((cell, index) => [names[index], cell]).filter(([name]) => name && name !== "undefined")));
}
