import { type Config, deletesTombstones } from '../config/config.ts';
import type { Decode } from '../decode/decode.ts';
import type { Fields } from '../decode/decoded-record.ts';
import {
  type IsUnavailable,
  unavailableTest,
  withoutUnavailable,
} from '../decode/unavailable-value.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Deadline } from '../runtime/deadline.ts';
import { requireTime } from '../runtime/http/call-with-retries.ts';
import { loadTransform, maxEvaluationMs, type Transform, type Transformable } from './transform.ts';

/** The least time of an evaluation, in milliseconds; most take less than a tenth of it. */
const minEvaluationMs = 2;

/** Transforms the records of a batch one by one, and collects those that become no row. */
class Transformation {
  readonly filtered: RecordOrigin[] = [];
  readonly errants: ErrantRecord[] = [];
  readonly #transform: Transform;
  readonly #isUnavailable: IsUnavailable;
  readonly #deadline: Deadline;
  /** The time that was left at the start, in milliseconds. */
  readonly #startedWith: number;

  constructor(
    { transform, isUnavailable }: { transform: Transform; isUnavailable: IsUnavailable },
    deadline: Deadline,
  ) {
    this.#transform = transform;
    this.#isUnavailable = isUnavailable;
    this.#deadline = deadline;
    this.#startedWith = deadline.left();
  }

  /**
   * The longest evaluation. Once evaluations took a quarter of the flush's time, those that remain
   * share another quarter: an expression that loops for each record costs records, not the flush.
   */
  #limitMs(remaining: number): number {
    const left = this.#deadline.left();
    if (left >= 0.75 * this.#startedWith) return maxEvaluationMs;
    const share = (left - 0.5 * this.#startedWith) / remaining;
    return Math.min(maxEvaluationMs, Math.max(minEvaluationMs, share));
  }

  /** The record as the expression sees it: a text made of a placeholder would no longer be one. */
  #input(record: Transformable): Transformable {
    const { fields } = record;
    return fields === null
      ? record
      : { ...record, fields: withoutUnavailable(fields, this.#isUnavailable) };
  }

  async of<T extends Transformable>(records: readonly T[]): Promise<(T & { fields: Fields })[]> {
    const transformed: (T & { fields: Fields })[] = [];
    for (const [index, record] of records.entries()) {
      requireTime(this.#deadline, 'TRANSFORM');
      try {
        const limitMs = this.#limitMs(records.length - index);
        const fields = await this.#transform(this.#input(record), limitMs);
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
 * unless they are skipped: the value is what is known of the row, or null. Values that the source did not
 * send are absent. Throws `DEADLINE_REACHED` when no time is left.
 */
export function withTransform(
  decode: Decode,
  transform: Transform,
  config: Pick<Config, 'operation' | 'tombstones' | 'unavailableValue'>,
): Decode {
  const isUnavailable = unavailableTest(config.unavailableValue);
  return async (given, deadline) => {
    const batch = await decode(given, deadline);
    const transformation = new Transformation({ transform, isUnavailable }, deadline);
    const records = await transformation.of(batch.records);
    const skips = config.tombstones === 'skip' && !deletesTombstones(config);
    const tombstones = skips ? batch.tombstones : await transformation.of(batch.tombstones);
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
  config: Pick<Config, 'transform' | 'operation' | 'tombstones' | 'unavailableValue'>,
): Promise<Decode> {
  const { transform } = config;
  return transform === null
    ? decode
    : withTransform(decode, await loadTransform(transform), config);
}
