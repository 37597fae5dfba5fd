/** How long the line of a row of a flush may be at most; few batches have a row that may be too long. */
export class LongestRow {
  #characters = 0;

  /** Adds a row: the number of its cells, and of the characters in all of them. */
  add(cells: number, characters: number): void {
    // Quotes at most double a cell, and add two.
    this.#characters = Math.max(this.#characters, 2 * characters + 2 * cells);
  }

  /** At least the characters of its cells in the line, with quotes and without commas. */
  get characters(): number {
    return this.#characters;
  }
}
