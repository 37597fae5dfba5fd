import { RecordError, shown } from '../../errors.ts';
import type { Fields, FieldValue } from '../decoded-record.ts';

/** One node of a Connect schema and the value that goes with it. */
export interface Node {
  readonly schema: Fields;
  /** Undefined where the payload has no such field. */
  readonly value: FieldValue | undefined;
  /** Null for the payload itself. */
  readonly parent: Node | null;
  /**
   * A field's name or an item's index. Null for the value of a map, whose keys may be data and do
   * not belong into a reason.
   */
  readonly step: string | number | null;
}

/** How many nodes stand above this one. */
export function depthOf({ parent }: Node): number {
  return parent === null ? 0 : depthOf(parent) + 1;
}

/** The path of a node, for reasons: `payload."Tags"[0]`. */
export function pathOf({ parent, step }: Node): string {
  if (parent === null) return 'payload';
  const last = typeof step === 'string' ? `.${shown(step)}` : `[${step ?? 'key'}]`;
  return `${pathOf(parent)}${last}`;
}

/** Refuses a node: `{"A":"x"}` for an int32 gives `payload."A" is a string, its schema says int32`. */
export function invalid(node: Node, what: string): never {
  throw new RecordError('ENVELOPE_INVALID', `${pathOf(node)} ${what}`);
}

/** Refuses a type that is not known here, since its raw value would be a wrong one. */
export function unsupported(node: Node, what: string): never {
  throw new RecordError('CONNECT_TYPE_UNSUPPORTED', `${pathOf(node)} ${what}`);
}

/** Makes a node's value; a reason that does not say where it was gets the node's path. */
export function at<T>(node: Node, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new RecordError(error.code, `${pathOf(node)}: ${error.reason}`);
  }
}
