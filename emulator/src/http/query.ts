import type { QueryCursor } from '../org/query-cursors.ts';
import { columnsJson } from '../soql/query-columns.ts';
import { type QueryResult, runQuery } from '../soql/run-query.ts';
import { explainError, SoqlError } from '../soql/soql-error.ts';
import { ApiError } from './api-error.ts';
import type { Call } from './call.ts';
import { recordJson } from './record-json.ts';
import { jsonReply, type Reply } from './reply.ts';

/** Records on a page (REST API guide, "Query Options Header"). */
const PAGE = { smallest: 200, largest: 2_000 } as const;

/** `GET /query?q=…`: the first page of the records that a query finds. */
export function query(call: Call): Reply {
  return firstPage(call, false);
}

/** `GET /queryAll?q=…`: `query`, with the records in the recycle bin. */
export function queryAll(call: Call): Reply {
  return firstPage(call, true);
}

/** `GET /query/{locator}`: a further page. */
export function queryMore(call: Call): Reply {
  const { org, parameters } = call;
  const [, id = '', start = ''] = /^(01g\w{15})-(\d+)$/.exec(parameters[0] ?? '') ?? [];
  const cursor = org.queries.find(id);
  if (!cursor || Number(start) >= cursor.records.length) {
    throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return page(cursor, Number(start), call);
}

function firstPage(call: Call, withDeleted: boolean): Reply {
  const { org, version } = call;
  const { object, fields, records } = run(readQuery(call), withDeleted, call);
  if (call.request.query.get('columns') === 'true') {
    return jsonReply(columnsJson(object, fields === 'count' ? [] : fields));
  }
  if (fields === 'count') return jsonReply({ totalSize: records.length, done: true, records: [] });
  const scope = { object, fields, records: org.records, version };
  const rows = records.map((record) => recordJson(record, scope));
  const pageSize = readPageSize(call) ?? PAGE.largest;
  if (rows.length > pageSize) return page(org.queries.open(rows, pageSize), 0, call);
  return jsonReply({ totalSize: rows.length, done: true, records: rows });
}

function page(cursor: QueryCursor, start: number, call: Call): Reply {
  const { id, records } = cursor;
  const end = start + (readPageSize(call) ?? cursor.pageSize);
  const done = end >= records.length;
  return jsonReply({
    totalSize: records.length,
    done,
    nextRecordsUrl: done ? undefined : `/services/data/v${call.version}/query/${id}-${end}`,
    records: records.slice(start, end),
  });
}

/** Both messages are known from reports of clients. */
function readQuery({ request }: Call): string {
  const text = request.query.get('q');
  if (text === null) {
    throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  }
  if (text.trim() !== '') return text;
  throw new ApiError(400, 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
}

function run(text: string, withDeleted: boolean, { org }: Call): QueryResult {
  try {
    return runQuery(text, withDeleted, org);
  } catch (error) {
    if (!(error instanceof SoqlError)) throw error;
    throw new ApiError(400, error.errorCode, explainError(error, text));
  }
}

/** `Sforce-Query-Options: batchSize=500`; null: not asked for. assumption: query-page-size. */
function readPageSize({ request }: Call): number | null {
  const options = request.headers['sforce-query-options'] ?? '';
  const [, size] = /\bbatchSize\s*=\s*(\d+)/i.exec(options) ?? [];
  if (size === undefined) return null;
  return Math.min(PAGE.largest, Math.max(PAGE.smallest, Number(size)));
}
