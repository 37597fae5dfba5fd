import { CommonRuns, fold, longestReadable, origins } from './common-runs.ts';
import { spansOfValue, spansOfWord } from './short-values.ts';
import type { Span } from './span.ts';

/** A text that may quote cells. */
export interface RedactionInput {
  readonly text: string;
  /** The cells that it may quote; empty ones may be left out. */
  readonly cells: Iterable<string>;
  /** Shorter cells, in characters, are masked as whole words only: they stand in words by chance. */
  readonly partsOfWordsFrom: number;
  /** Parts that are masked whatever the cells hold. */
  readonly masked: readonly Span[];
  /** Parts that are never masked: no cell may be their source. */
  readonly kept: readonly Span[];
}

/** What became of a text in which cells are masked. */
export interface Redacted {
  /** What stands in place of each masked part. */
  readonly mask: string;
  /** Gives a part of the text with its masks. */
  readonly shown: (part: Span) => string;
}

const usualMask = '…';
/** For cells that hold the usual mask: it could complete a run of theirs. */
const otherMask = '█';

/** Marks what of the folded text stands in cells, and says what to mask it with. */
function marksOfCells(folded: string, { cells, partsOfWordsFrom }: RedactionInput) {
  const search = new CommonRuns(folded);
  const shortValues = new Set<string>();
  let mask = usualMask;
  for (const cell of cells) {
    const foldedCell = fold(cell);
    search.add(foldedCell);
    const value = foldedCell.trim();
    if (value !== '' && value.length <= longestReadable) shortValues.add(value);
    if (cell.includes(usualMask)) mask = otherMask;
  }
  const { marks } = search;
  for (const value of shortValues) {
    const spansIn = value.length < partsOfWordsFrom ? spansOfWord : spansOfValue;
    for (const { start, end } of spansIn(folded, value)) marks.fill(1, start, end);
  }
  return { marks, mask };
}

/** Brings marks of a folded text back to the text that it was made of. */
function marksOfText(text: string, folded: string, marks: Uint8Array): Uint8Array {
  const places = origins(text, folded);
  if (places === null) return marks;
  const ofText = new Uint8Array(text.length);
  places.forEach((place, index) => {
    if (marks[index] === 1) ofText[place] = 1;
  });
  return ofText;
}

/** A character of two code units is masked as a whole. */
function markWholeCharacters(text: string, marks: Uint8Array): void {
  for (const { index } of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) {
    if (marks[index] === 1 || marks[index + 1] === 1) marks.fill(1, index, index + 2);
  }
}

function withMasks(text: string, marks: Uint8Array, mask: string): string {
  let shown = '';
  for (let start = 0; start < text.length; ) {
    let end = start + 1;
    while (end < text.length && marks[end] === marks[start]) end++;
    shown += marks[start] === 1 ? mask : text.slice(start, end);
    start = end;
  }
  return shown;
}

/**
 * Masks in a text every whole short cell and every run of more than `longestReadable` characters
 * that occurs in a cell, whatever its case. No wording of the text is presumed, so this holds for
 * any language and for values that are cut short.
 */
export function redact(quoting: RedactionInput): Redacted {
  const { text, masked, kept } = quoting;
  const folded = fold(text);
  const ofCells = marksOfCells(folded, quoting);
  const { mask } = ofCells;
  const marks = marksOfText(text, folded, ofCells.marks);
  for (const { start, end } of masked) marks.fill(1, start, end);
  for (const { start, end } of kept) marks.fill(0, start, end);
  markWholeCharacters(text, marks);
  return {
    mask,
    shown: ({ start, end }) => withMasks(text.slice(start, end), marks.subarray(start, end), mask),
  };
}
