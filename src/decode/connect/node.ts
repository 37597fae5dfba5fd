import { quotedName, RecordError } from '../../record-error.ts';
import type { Fields, FieldValue } from '../decoded-record.ts';

/** A node of a Connect schema and its value. */
export interface Node {
  readonly schema: Fields;
  /** Undefined when the payload lacks the field. */
  readonly value: FieldValue | undefined;
  /** Null for the root, the payload. */
  readonly parent: Node | null;
  /**
   * A field's name or an item's index. Null for the value of a map, whose keys may be data and are
   * kept out of reasons.
   */
  readonly step: string | number | null;
}

/** The number of ancestors. */
export function depthOf({ parent }: Node): number {
  return parent === null ? 0 : depthOf(parent) + 1;
}

/** The path of a node, for reasons: `payload."Tags"[0]`. */
export function pathOf({ parent, step }: Node): string {
  if (parent === null) return 'payload';
  const last = typeof step === 'string' ? `.${quotedName(step)}` : `[${step ?? 'key'}]`;
  return `${pathOf(parent)}${last}`;
}

/** Throws `ENVELOPE_INVALID`, as in `payload."A" is a string, its schema says int32`. */
export function invalid(node: Node, problem: string): never {
  throw new RecordError('ENVELOPE_INVALID', `${pathOf(node)} ${problem}`);
}

/**
 * Throws `CONNECT_TYPE_UNSUPPORTED`: the raw value of an unsupported type would be wrong in a cell.
 */
export function unsupported(node: Node, problem: string): never {
  throw new RecordError('CONNECT_TYPE_UNSUPPORTED', `${pathOf(node)} ${problem}`);
}

/** Calls `read` and adds the node's path to the reason of a record error. */
export function withPath<T>(node: Node, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new RecordError(error.code, `${pathOf(node)}: ${error.reason}`);
  }
}
