import { CommonRuns, fold, longestReadable, origins } from './common-runs.ts';
import { spansOfValue, spansOfWord } from './short-values.ts';
import type { Span } from './span.ts';

/** A text that may quote cells, and what is known about it. */
export interface RedactionInput {
  readonly text: string;
  /** The cells that it may quote; empty ones may be omitted. */
  readonly cells: Iterable<string>;
  /** Cells with fewer characters are masked as whole words only: they occur inside words by chance. */
  readonly partsOfWordsFrom: number;
  /** Spans to mask regardless of cells. */
  readonly masked: readonly Span[];
  /** Spans never to mask: no cell can be their source. */
  readonly kept: readonly Span[];
}

/** A text with masked cells. */
export interface Redacted {
  /** The replacement of each masked part. */
  readonly mask: string;
  /** Returns a span of the text with its masks. */
  readonly shown: (part: Span) => string;
}

const usualMask = '…';
/** Used if a cell contains the usual mask, which could complete a run of that cell. */
const otherMask = '█';

/** Marks the parts of the folded text that occur in cells, and chooses the mask. */
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

/** Maps marks of a folded text to its original text. */
function marksOfText(text: string, folded: string, marks: Uint8Array): Uint8Array {
  const places = origins(text, folded);
  if (places === null) return marks;
  const ofText = new Uint8Array(text.length);
  places.forEach((place, index) => {
    if (marks[index] === 1) ofText[place] = 1;
  });
  return ofText;
}

/** Masks characters of two code units as a whole. */
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
 * Masks in a text every whole short cell, and every run of more than `longestReadable` characters that
 * occurs in a cell, ignoring case. It assumes nothing about the wording, so it works for any language
 * and for truncated values.
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
