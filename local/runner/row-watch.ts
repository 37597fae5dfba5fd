import type { Emulator, StoredRecord } from 'salesforce-bulk-emulator';
import {
  changeCounts,
  changedFields,
  changeLines,
  rowsTable,
} from '../row-changes/change-lines.ts';
import { type RowChange, rowChanges } from '../row-changes/row-changes.ts';
import type { Shown } from '../terminal/display.ts';
import { counted } from '../terminal/format.ts';
import { errantEnd } from './end-lines.ts';
import type { RunEnvironment } from './run-environment.ts';
import { UsageError } from './usage-error.ts';

/** What a run changes in the emulated org; nothing is shown of another org. */
export interface RowWatch {
  /** The changes since the lines before; `evenIfNone`: says so if there is none. */
  lines(show: { evenIfNone: boolean }): Shown[];
  /** The rows and the errant records at the end. */
  endLines(): Promise<Shown[]>;
}

/** Opens a watch on the object that the run writes. Throws UsageError when the org has none. */
export function openRowWatch(environment: RunEnvironment): RowWatch {
  const { emulator, externalIdField, object } = environment;
  const key = externalIdField ?? 'Id';
  const all: RowChange[] = [];
  let before = emulator === null ? [] : rowsOf(emulator, object);
  return {
    lines({ evenIfNone }) {
      if (emulator === null) return [];
      const after = emulator.records(object);
      const changes = rowChanges(before, after);
      before = after;
      all.push(...changes);
      if (changes.length > 0) return changeLines(changes, key);
      return evenIfNone ? [{ kind: 'line', tone: 'faint', text: '    no row changed' }] : [];
    },
    async endLines() {
      const errants = await errantEnd(environment);
      if (emulator === null) return errants;
      const rows = emulator.records(object);
      const title = `In the emulator: ${counted(rows.length, object)}; ${changeCounts(all)}`;
      return [
        { kind: 'line', tone: 'plain', text: '' },
        { kind: 'line', tone: 'plain', text: title },
        ...rowsTable(rows, changedFields(all, key)),
        ...errants,
      ];
    },
  };
}

function rowsOf(emulator: Emulator, object: string): StoredRecord[] {
  try {
    return emulator.records(object);
  } catch (error) {
    throw new UsageError(`--object: the emulated org has no object ${object}.`, { cause: error });
  }
}
