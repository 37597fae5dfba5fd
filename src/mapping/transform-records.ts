import { type Config, deletesTombstones } from '../config/config.ts';
import type { Decode } from '../decode/decode.ts';
import type { Fields } from '../decode/decoded-record.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Deadline } from '../runtime/deadline.ts';
import { requireTime } from '../runtime/http/call-with-retries.ts';
import { loadTransform, type Transform, type Transformable } from './transform.ts';

/** Transforms the records of a batch one by one, and collects those that become no row. */
class Transformation {
  readonly filtered: RecordOrigin[] = [];
  readonly errants: ErrantRecord[] = [];
  readonly #transform: Transform;
  readonly #deadline: Deadline;

  constructor(transform: Transform, deadline: Deadline) {
    this.#transform = transform;
    this.#deadline = deadline;
  }

  async of<T extends Transformable>(records: readonly T[]): Promise<(T & { fields: Fields })[]> {
    const transformed: (T & { fields: Fields })[] = [];
    for (const record of records) {
      requireTime(this.#deadline, 'TRANSFORM');
      try {
        const fields = await this.#transform(record);
        if (fields === null) this.filtered.push(record.record);
        else transformed.push({ ...record, fields });
      } catch (error) {
        this.errants.push(toErrantRecord(record.record, 'mapping', error));
      }
    }
    return transformed;
  }
}

/**
 * Adds `TRANSFORM` to a decoder. Records that it leaves out are `filtered`. Tombstones are transformed
 * if they delete: the value is what is known of the row, or null. Throws `DEADLINE_REACHED` when an
 * expression that loops for many records uses up the time of the flush.
 */
export function withTransform(
  decode: Decode,
  transform: Transform,
  config: Pick<Config, 'operation' | 'tombstones'>,
): Decode {
  return async (given, deadline) => {
    const batch = await decode(given, deadline);
    const transformation = new Transformation(transform, deadline);
    const records = await transformation.of(batch.records);
    const deletes = deletesTombstones(config);
    const tombstones = deletes ? await transformation.of(batch.tombstones) : batch.tombstones;
    const { filtered, errants } = transformation;
    return { records, tombstones, filtered, errants: [...batch.errants, ...errants] };
  };
}

/**
 * Adds the `TRANSFORM` of a configuration to a decoder; without one the decoder is unchanged. Throws
 * `CONFIG_INVALID`.
 */
export async function withTransformFromConfig(
  decode: Decode,
  config: Pick<Config, 'transform' | 'operation' | 'tombstones'>,
): Promise<Decode> {
  const { transform } = config;
  return transform === null
    ? decode
    : withTransform(decode, await loadTransform(transform), config);
}
