import * as z from 'zod/mini';
import { jsonOf } from '../../runtime/http/json.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';
import type { Client } from '../session/client.ts';

/** A row that a query found. */
export interface FoundRow {
  readonly id: string;
  /** The value of the key field; a number as its text. */
  readonly key: string;
  /** When it was last written, in milliseconds since 1970 and whole seconds; null: not asked for. */
  readonly writtenAt: number | null;
}

/** A page of results. The next page is a path on the same host. */
const page = z.object({
  done: z.boolean(),
  nextRecordsUrl: z.nullish(z.string().check(z.regex(/^\/services\/data\//))),
  records: z.array(z.record(z.string(), z.unknown())),
});

const row = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9]{15,18}$/)),
  key: z.unknown(),
  writtenAt: z.nullable(
    z.pipe(
      z.string(),
      z.transform((given: string) => Date.parse(given)),
    ),
  ),
});

interface Page {
  readonly rows: readonly FoundRow[];
  /** The path of the next page; null: this is the last. */
  readonly next: string | null;
}

function pageOf(reply: HttpReply, field: string): Page {
  const parsed = page.safeParse(jsonOf(reply.body));
  const unreadable = () =>
    new AttemptFailed(failureOfReply(reply, 'the result of a query in JSON'));
  if (!parsed.success) throw unreadable();
  const { done, nextRecordsUrl = null, records } = parsed.data;
  if (!done && nextRecordsUrl === null) throw unreadable();
  const rows = records.map((record) => {
    const named = Object.keys(record).find((name) => name.toLowerCase() === field.toLowerCase());
    const { Id: id, SystemModstamp: writtenAt = null } = record;
    const found = row.safeParse({ id, key: record[named ?? ''], writtenAt });
    if (!found.success || Number.isNaN(found.data.writtenAt)) throw unreadable();
    return { ...found.data, key: String(found.data.key ?? '') };
  });
  return { rows, next: done ? null : nextRecordsUrl };
}

/**
 * Runs a query for `Id` and a key field, and reads all pages of its result. Throws as `Client.call`
 * does; Salesforce's message is left out, since it quotes the query.
 */
export async function runQuery(
  client: Client,
  { path, field }: { readonly path: string; readonly field: string },
): Promise<FoundRow[]> {
  const found: FoundRow[] = [];
  const request = { method: 'GET', repeat: 'always', quotesValues: true } as const;
  for (let next: string | null = path; next !== null; ) {
    const read: Page = await client.call({ ...request, path: next }, (reply) =>
      pageOf(reply, field),
    );
    found.push(...read.rows);
    next = read.next;
  }
  return found;
}
