import { plainDigits } from '../../csv/number.ts';

/** Named columns and rows of cells, in the order of the names. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?[0-3]?\d{1,2})?$/;

/**
 * Writes a number in one way, whichever it came in: Salesforce gives `912260031` back as
 * `9.12260031E8` and `250` as `250.0`. Other text loses what Salesforce trims.
 */
function normalised(cell: string): string {
  const text = cell.trim().toLowerCase();
  if (!number.test(text) || text.length > 40) return text;
  const digits = plainDigits(text.replace('+', '').replace(/^(-?)\./, '$10.'));
  const [, sign = '', whole = '', fraction = ''] =
    /^(-?)0*(\d*)\.?(\d*?)0*$/.exec(digits.includes('.') ? digits : `${digits}.`) ?? [];
  const value = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  return value === '0' ? '0' : `${sign}${value}`;
}

/** A row's cells that count, as one text: the same for rows that nobody could tell apart. */
type NameRow = (cells: readonly string[]) => string;

/** How our rows and theirs are named alike, with each cell spelt by `spell`. */
interface Naming {
  readonly ours: (spell: (cell: string) => string) => NameRow;
  readonly theirs: (spell: (cell: string) => string) => NameRow;
}

const folded = (name: string): string => name.trim().toLowerCase();

/** Names rows by the cells of these columns; a column that a file lacks is empty in it. */
function nameBy(columns: readonly (number | undefined)[]) {
  return (spell: (cell: string) => string): NameRow =>
    (cells) =>
      columns.map((column) => spell(cells[column ?? -1] ?? '')).join('\u0000');
}

/**
 * Pairs the columns by their names: the key alone, or all that either side has. A column of ours
 * that the file leaves out says nothing; one of the file that we lack is empty in our rows.
 */
function namingOf(ours: Table, theirs: Table, key: string | null): Naming {
  const ourColumns = new Map(ours.header.map((name, column) => [folded(name), column] as const));
  const names = theirs.header.map(folded);
  const keys = names.filter((name) => key !== null && name === folded(key));
  const counting = keys.length > 0 ? keys : names;
  return {
    ours: nameBy(counting.map((name) => ourColumns.get(name))),
    theirs: nameBy(counting.map((name) => names.indexOf(name))),
  };
}

/** Where rows stand, by their names; each place is handed out once, the first one first. */
class Places {
  readonly #byName = new Map<string, number[]>();

  constructor(rows: Table['rows'], free: ReadonlySet<number>, nameRow: NameRow) {
    // From the end, so that taking from the end of a list gives the first place.
    for (const place of [...free].sort((one, other) => other - one)) {
      const name = nameRow(rows[place] ?? []);
      const known = this.#byName.get(name);
      if (known === undefined) this.#byName.set(name, [place]);
      else known.push(place);
    }
  }

  take(name: string): number | null {
    return this.#byName.get(name)?.pop() ?? null;
  }
}

/** What there is to match. */
export interface MatchInput {
  readonly ours: Table;
  readonly theirs: Table;
  /** Our rows that may be given away: each at most once. */
  readonly free: ReadonlySet<number>;
  /** The column that tells rows apart; null: the whole row must be the same. */
  readonly key: string | null;
}

/** To the letter, and then with numbers and case made alike. */
const spellings = [(cell: string) => cell, normalised];

/**
 * Finds our row behind each of their rows, whatever the order of rows and columns: first to the
 * letter, then with numbers and case made alike. Of equal rows the first free one is taken. Null
 * for a row that is none of ours. Takes time in proportion to the number of rows.
 */
export function match({ ours, theirs, free, key }: MatchInput): (number | null)[] {
  const naming = namingOf(ours, theirs, key);
  const found: (number | null)[] = theirs.rows.map(() => null);
  const left = new Set(free);
  for (const spell of spellings) {
    if (!found.includes(null)) break;
    const places = new Places(ours.rows, left, naming.ours(spell));
    const nameRow = naming.theirs(spell);
    theirs.rows.forEach((cells, row) => {
      found[row] ??= places.take(nameRow(cells));
    });
    for (const place of found) if (place !== null) left.delete(place);
  }
  return found;
}
