/**
 * Longest run of a cell, in UTF-16 code units, that may appear in a log: runs of this length occur in
 * any text by chance.
 */
export const longestReadable = 4;

const width = longestReadable + 1;

/** Each character shifts the hash by 5 bits, so that its 25 bits depend on exactly the last five. */
const hashBits = 0x1ffffff;
const bucketBits = 12;

const moved = (hash: number, unit: number): number => ((hash << 5) ^ unit) & hashBits;

const bucketOf = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - bucketBits);

/** Folds case: `ß`, `ẞ` and `SS` become equal, and so do all three sigmas. */
export const fold = (text: string): string => text.toLowerCase().toUpperCase();

/**
 * For each code unit of `fold(text)`, the index in `text` at which its character starts; null if
 * folding made no character longer, so that indexes are equal.
 */
export function origins(text: string, folded: string): readonly number[] | null {
  // Folding makes no character shorter, so equal lengths mean equal indexes.
  if (folded.length === text.length) return null;
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const units = character < '\u0080' ? 1 : fold(character).length;
    for (let unit = 0; unit < units; unit++) places.push(place);
    place += character.length;
  }
  return places;
}

/**
 * Finds the runs of a folded text, longer than `longestReadable`, that occur in other folded texts. The
 * text is short and the others are many or long, so each of their characters costs one lookup in a
 * table of the text's windows of five.
 */
export class CommonRuns {
  readonly #text: string;
  /** `marks[i]` is 1 when code unit `i` of the text belongs to such a run. */
  readonly marks: Uint8Array;
  /** The windows not yet found, as chains: the first of each bucket, and the next of each; from 1. */
  readonly #heads = new Uint32Array(1 << bucketBits);
  readonly #nexts: Uint32Array;

  constructor(text: string) {
    this.#text = text;
    this.marks = new Uint8Array(text.length);
    this.#nexts = new Uint32Array(text.length + 1);
    let hash = 0;
    for (let end = 0; end < text.length; end++) {
      hash = moved(hash, text.charCodeAt(end));
      const window = end - longestReadable + 1;
      if (window < 1) continue;
      const bucket = bucketOf(hash);
      this.#nexts[window] = this.#heads[bucket] as number;
      this.#heads[bucket] = window;
    }
  }

  /** Marks the parts of the text that occur in another one. */
  add(other: string): void {
    let hash = 0;
    for (let end = 0; end < other.length; end++) {
      hash = moved(hash, other.charCodeAt(end));
      const bucket = bucketOf(hash);
      if (this.#heads[bucket] === 0 || end < longestReadable) continue;
      this.#match(bucket, other, end - longestReadable);
    }
  }

  /** Removes a found window from its chain, so that repeated text is not compared again. */
  #match(bucket: number, other: string, start: number): void {
    let left = 0;
    let window = this.#heads[bucket] as number;
    while (window !== 0) {
      const next = this.#nexts[window] as number;
      if (this.#isSame(window, other, start)) {
        this.marks.fill(1, window - 1, window - 1 + width);
      } else {
        this.#nexts[window] = left;
        left = window;
      }
      window = next;
    }
    this.#heads[bucket] = left;
  }

  #isSame(window: number, other: string, start: number): boolean {
    for (let index = 0; index < width; index++) {
      if (this.#text.charCodeAt(window - 1 + index) !== other.charCodeAt(start + index))
        return false;
    }
    return true;
  }
}
