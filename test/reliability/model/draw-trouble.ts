import type { GivenKey } from './draw-keys.ts';
import type { ValueDraw } from './draw-values.ts';
import { deletes } from './meaning.ts';
import type { Kind, Trouble } from './scenario.ts';

/** Row errors that pass. */
const passing = [
  'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--',
  'UNABLE_TO_LOCK_ROW:Zugriff auf diesen Datensatz nicht möglich:--',
] as const;

/** Row errors that stay until the cause is corrected; `…` is a value of the row. */
const lasting = [
  'FIELD_CUSTOM_VALIDATION_EXCEPTION:The department … is closed:Department --',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION:Die Abteilung … ist geschlossen:--',
  'ENTITY_IS_LOCKED:the entity is locked for editing:--',
] as const;

/** Draws the row error of a record that is locked or refused; null for any other. */
export function drawTrouble(
  { random, setup }: ValueDraw,
  kind: Kind,
  { name, key }: { readonly name: string; readonly key: GivenKey | null },
): Trouble | null {
  if (kind !== 'locked' && kind !== 'refused') return null;
  // A row of a delete has its id only.
  const isDelete = deletes(setup);
  const text = `${name} closed`;
  const where = isDelete
    ? { column: 'Id', text: JSON.parse(key?.json ?? '""') as string }
    : { column: 'Department', text };
  if (kind === 'locked') {
    const times = random.weighted({ '1': 50, '2': 30, '3': 10, always: 10 });
    return {
      ...where,
      rowError: random.pick(passing),
      times: times === 'always' ? null : Number(times),
    };
  }
  const rowError = random.pick(lasting).replace('…', text);
  return { ...where, rowError, times: random.chance(0.2) ? 1 : null };
}
