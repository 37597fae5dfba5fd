import { CsvError, parse } from 'csv-parse/sync';

/** Delimiters by their name in a job (guide, "Create a Job"). */
export const DELIMITERS = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const;

/** Name of a delimiter. */
type ColumnDelimiter = keyof typeof DELIMITERS;

/** Name of a line ending. */
export type LineEnding = 'LF' | 'CRLF';

/** One data row: its cells, and its text without the line break. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly raw: string;
}

/** An uploaded file: header and rows, parsed and as sent. */
export interface CsvDocument {
  readonly header: readonly string[];
  readonly headerText: string;
  readonly rows: readonly CsvRow[];
}

/** Delimiter and line ending of a file. */
export interface CsvFormat {
  readonly columnDelimiter: ColumnDelimiter;
  readonly lineEnding: LineEnding;
}

/**
 * Parses a file; null when its quoting is invalid. A byte order mark stays part of the first name,
 * as in an org.
 */
export function parseCsv(text: string, format: CsvFormat): CsvDocument | null {
  const rows = parseRows(text, format);
  if (!rows) return null;
  const [header, ...data] = rows;
  return { header: header?.cells ?? [], headerText: header?.raw ?? '', rows: data };
}

/**
 * The line breaks around a row in the `raw` of csv-parse: those of empty lines before it, and its own,
 * of which CRLF has lost the LF.
 */
const OUTER_BREAKS = /^[\r\n]+|\r?\n$|\r$/g;

/** Parses rows; null when their quoting is invalid. assumption: unescaped-quote. */
function parseRows(text: string, format: CsvFormat): CsvRow[] | null {
  try {
    const parsed: unknown = parse(text, {
      bom: false,
      delimiter: DELIMITERS[format.columnDelimiter],
      record_delimiter: format.lineEnding === 'LF' ? '\n' : '\r\n',
      relax_column_count: true,
      // assumption: blank-lines.
      skip_empty_lines: true,
      raw: true,
    });
    return (parsed as { record: string[]; raw: string }[]).map(({ record, raw }) => ({
      cells: record,
      raw: raw.replace(OUTER_BREAKS, ''),
    }));
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
