import { stringify } from 'csv-stringify/sync';
import type { Choices } from '../choices.ts';
import { type CsvDocument, DELIMITERS, parseCsv } from '../csv/document.ts';
import type { OrgState } from '../org/org-state.ts';
import { seededRandom, shuffle } from '../org/seeded-random.ts';
import { columnEcho, type Echo } from '../row/echo.ts';
import type { Job, RowResult } from './job.ts';

/** A results file. */
export interface ResultsFile {
  readonly text: string;
  /** Whether it has a row. */
  readonly hasRows: boolean;
}

/**
 * The file of successful or failed rows. Recorded: two quoted names, then the header as sent; every
 * cell quoted; LF. A file without rows is its header line.
 */
export function resultsFile(job: Job, kind: 'saved' | 'failed', org: OrgState): ResultsFile {
  const delimiter = resultsDelimiter(job, org);
  const document = documentOf(job);
  const names = ['"sf__Id"', kind === 'saved' ? '"sf__Created"' : '"sf__Error"'];
  const header = [...names, ...(document.headerText === '' ? [] : [document.headerText])];
  const echoes = echoesOf(job, kind, org.choices);
  const rows: string[][] = [];
  for (const row of inResultOrder(document, org)) {
    const result = job.batch?.results[row];
    if (result?.kind !== kind) continue;
    const cells = document.rows[row]?.cells ?? [];
    rows.push([
      ...resultCells(result),
      ...cells.map((text, position) => echoes[position]?.(text) ?? text),
    ]);
  }
  const body = stringify(rows, { delimiter, quoted: true, quoted_empty: true });
  return { text: `${header.join(delimiter)}\n${body}`, hasRows: rows.length > 0 };
}

/**
 * The file of rows that were not attempted: header and rows as sent.
 * Recorded without a line break after the last row. choice: unprocessed-end.
 */
export function unprocessedFile(job: Job, org: OrgState): ResultsFile {
  const document = documentOf(job);
  const rows: string[] = [];
  for (const row of inResultOrder(document, org)) {
    const result = job.batch?.results[row] ?? null;
    if (result === null) rows.push(document.rows[row]?.raw ?? '');
  }
  const end = rows.length === 0 || org.choices['unprocessed-end'] === 'with' ? '\n' : '';
  return { text: [document.headerText, ...rows].join('\n') + end, hasRows: rows.length > 0 };
}

/** The form of each column. choice: other-case-columns. */
function echoesOf({ batch }: Job, kind: 'saved' | 'failed', choices: Choices): Echo[] {
  const blank = kind === 'failed' && choices['other-case-columns'] === 'blank';
  return (batch?.columns ?? []).map((column, position) => {
    const otherCase =
      column.kind === 'field' && column.field.name !== batch?.document.header[position];
    return blank && otherCase ? () => '' : columnEcho(column, choices);
  });
}

/** The data of a job; its lines, when it could not be parsed. */
function documentOf(job: Job): CsvDocument {
  const upload = job.upload ?? '';
  const parsed = job.batch?.document ?? parseCsv(upload, job.request);
  if (parsed) return parsed;
  const [headerText = '', ...lines] = upload.split(/\r?\n/).filter((line) => line !== '');
  return { header: [], headerText, rows: lines.map((raw) => ({ cells: [], raw })) };
}

/** Row numbers in an order that is the same each time. choice: results-order. */
function inResultOrder(document: CsvDocument, org: OrgState): number[] {
  const rows = [...document.rows.keys()];
  if (org.choices['results-order'] === 'as-uploaded') return rows;
  return shuffle(rows, seededRandom(org.seed + rows.length));
}

/** choice: results-delimiter. */
function resultsDelimiter(job: Job, org: OrgState): string {
  const own = org.choices['results-delimiter'] === 'job-delimiter-and-lf';
  return DELIMITERS[own ? job.request.columnDelimiter : 'COMMA'];
}

function resultCells(result: Exclude<RowResult, { kind: 'lost' }>): string[] {
  if (result.kind === 'failed') return [result.id, result.error];
  return [result.id, String(result.created)];
}
