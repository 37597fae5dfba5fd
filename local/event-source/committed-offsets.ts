import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Position } from './record-source.ts';
import { partitionName, type TopicPartition } from './source-record.ts';

/** The committed positions of a consumer group. */
export type CommittedOffsets = {
  /** The next offset to deliver of a partition, or null when nothing of it was ever committed. */
  next(partition: TopicPartition): number | null;
  /** Replaces the positions of these partitions; rejects when they could not be kept. */
  commit(positions: readonly Position[]): Promise<void>;
};

/** Committed positions that last as long as the process. */
export function offsetsInMemory(): CommittedOffsets {
  return keepOffsets([], async () => undefined);
}

/**
 * Committed positions kept in a JSON file, a list of `{topic, partition, offset}`.
 *
 * A file that is not there yet is an empty list. A commit replaces the file in one step, so a
 * process that is killed leaves the old list or the new one. Rejects when the file holds no list.
 */
export async function offsetsInFile(path: string): Promise<CommittedOffsets> {
  return keepOffsets(await readPositions(path), async (positions) => {
    const row = `${path}.row`;
    await writeFile(row, `${JSON.stringify(positions, null, 2)}\n`);
    await rename(row, path);
  });
}

function keepOffsets(
  known: readonly Position[],
  save: (positions: readonly Position[]) => Promise<void>,
): CommittedOffsets {
  const kept = new Map(known.map((position) => [partitionName(position), position]));
  return {
    next: (partition) => kept.get(partitionName(partition))?.offset ?? null,
    async commit(positions) {
      for (const position of positions) kept.set(partitionName(position), position);
      await save([...kept.values()]);
    },
  };
}

async function readPositions(path: string): Promise<Position[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  const positions: unknown = JSON.parse(text);
  if (!Array.isArray(positions)) throw new TypeError(`${path} holds no list of positions`);
  return positions;
}
