import { shortId } from '../../csv/salesforce-id.ts';

/** Named columns and rows of cells, in the order of the names. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What there is to match. */
export interface MatchInput {
  readonly ours: Table;
  readonly theirs: Table;
  /** Our rows that may be given away: each at most once. */
  readonly free: ReadonlySet<number>;
  /** The column that tells rows apart; null: the whole row must be the same. */
  readonly key: string | null;
  /** True when ours are all rows of the job, so that each of theirs must be one of them. */
  readonly complete: boolean;
}

type Rows = Table['rows'];

/** How the cells of each column are spelt before they are compared: `spell[column]`. */
type Spelling = readonly ((cell: string) => string)[];

const number = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** A number as Salesforce gives doubles back. */
const double = /^-?\d+\.\d+(E-?\d+)?$/;

const exact = (cell: string): string => cell;

/**
 * A number comes back as a double: `912260031` as `9.12260031E8`, `250` as `250.0`, and one beyond
 * 2^53 with other last digits. Source: Bulk API 2.0 developer guide, sample of failed results.
 */
const asNumber = (cell: string): string => (number.test(cell) ? String(Number(cell)) : cell);

/** Beyond that nothing is documented, so nothing else counts that can be told apart by its form. */
const asMeant = (cell: string): string => asNumber(cell.trim().toLowerCase());

const folded = (name: string): string => name.trim().toLowerCase();

/** Gives each row its cells of these columns; a column that there is not is empty. */
function projected(rows: Rows, columns: readonly (number | undefined)[]): Rows {
  return rows.map((cells) => columns.map((column) => cells[column ?? -1] ?? ''));
}

/**
 * Brings both sides to the same columns in the same order: the key alone, or all that the file has.
 * A column of ours that the file leaves out says nothing; one of the file that we lack is empty in
 * our rows. Null when they have no column in common.
 */
function aligned({ ours, theirs, key }: MatchInput): { ours: Rows; theirs: Rows } | null {
  const ourColumns = new Map(ours.header.map((name, column) => [folded(name), column] as const));
  const names = theirs.header.map(folded);
  const keys = names.filter((name) => key !== null && name === folded(key));
  const counting = keys.length > 0 ? keys : names;
  if (!counting.some((name) => ourColumns.has(name))) return null;
  return {
    ours: projected(
      ours.rows,
      counting.map((name) => ourColumns.get(name)),
    ),
    theirs: projected(
      theirs.rows,
      counting.map((name) => names.indexOf(name)),
    ),
  };
}

/** Spells numbers alike in the columns in which a double of theirs is one of ours only so. */
function rewritten(ours: Rows, theirs: Rows): Spelling {
  return (theirs[0] ?? []).map((_cell, column) => {
    const sent = new Set(ours.map((cells) => cells[column] ?? ''));
    const numbers = new Set([...sent].map(asNumber));
    const isRewritten = theirs.some((cells) => {
      const cell = cells[column] ?? '';
      return double.test(cell) && !sent.has(cell) && numbers.has(asNumber(cell));
    });
    return isRewritten ? asNumber : exact;
  });
}

/** A row as one text: the same for rows that nobody could tell apart. */
function nameOf(cells: readonly string[], spelling: Spelling): string {
  return cells.map((cell, column) => (spelling[column] ?? exact)(cell)).join('\u0000');
}

/** Where rows stand, by their names; each place is handed out once, the first one first. */
class Places {
  readonly #byName = new Map<string, number[]>();

  constructor(rows: Rows, free: ReadonlySet<number>, spelling: Spelling) {
    // From the end, so that taking from the end of a list gives the first place.
    for (const place of [...free].sort((one, other) => other - one)) {
      const name = nameOf(rows[place] ?? [], spelling);
      const known = this.#byName.get(name);
      if (known === undefined) this.#byName.set(name, [place]);
      else known.push(place);
    }
  }

  take(name: string): number | null {
    return this.#byName.get(name)?.pop() ?? null;
  }
}

/**
 * Finds our row behind each of their rows, whatever the order of rows and columns: first to the
 * letter, then with numbers made alike in the columns that Salesforce has rewritten (so that the
 * texts `007` and `7` stay two), and, if each must be one of ours, at last whatever the form of
 * numbers and the case, or the length of an id. Of equal rows the first free one is taken. Null for a row that is none of
 * ours. Takes time in proportion to the number of cells.
 */
export function match(input: MatchInput): (number | null)[] {
  const found: (number | null)[] = input.theirs.rows.map(() => null);
  const rows = aligned(input);
  if (rows === null) return found;
  const left = new Set(input.free);
  const steps: (() => Spelling)[] = [() => [], () => rewritten(rows.ours, rows.theirs)];
  const loose = input.key?.toLowerCase() === 'id' ? shortId : asMeant;
  if (input.complete) steps.push(() => (rows.theirs[0] ?? []).map(() => loose));
  for (const spellingOf of steps) {
    if (!found.includes(null)) break;
    const spelling = spellingOf();
    const places = new Places(rows.ours, left, spelling);
    rows.theirs.forEach((cells, row) => {
      found[row] ??= places.take(nameOf(cells, spelling));
    });
    for (const place of found) if (place !== null) left.delete(place);
  }
  return found;
}
