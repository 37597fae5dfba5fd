import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { SinkError } from '../errors.ts';

/**
 * The form of the items that this version writes, which is also that of an item without `format`.
 * Additions to an item that older versions may ignore need no new form.
 */
const newestFormat = 1;

/**
 * Refuses an item of a newer form, which may mean something else than it seems to. Throws
 * `LEDGER_INVALID`.
 */
export function requireKnownFormat(id: string, format: AttributeValue | undefined): void {
  if (format === undefined || Number(format.N) <= newestFormat) return;
  throw new SinkError(
    'LEDGER_INVALID',
    `The ledger item ${id} has format ${format.N ?? 'unknown'}, of a newer version of this function. Deploy that version again: this one cannot tell which records are settled or in flight. Nothing was sent.`,
  );
}
