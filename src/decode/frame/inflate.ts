import { inflateSync } from 'node:zlib';
import { SinkError } from '../../errors.ts';
import { RecordError } from '../../record-error.ts';
import type { Frame, OpenFrame } from './frame.ts';

const megabyte = 1024 * 1024;

/**
 * Limits of inflated values, in bytes: of one value, more than a row of Salesforce holds, and of all
 * values of a batch, less than the function's memory. A few bytes can inflate to gigabytes.
 */
const limits = { value: 8 * megabyte, batch: 96 * megabyte };

/** Inflates the payloads of one batch. */
export class Inflation {
  #inflated = 0;

  /**
   * The frame with its payload inflated if it is compressed. Throws the record error `FRAME_INVALID`, and
   * `DOCUMENT_TOO_LONG` when the payloads of the batch exceed the function's memory.
   */
  opened(frame: Frame): OpenFrame {
    if (!frame.isCompressed) return frame;
    const payload = inflate(frame.payload);
    this.#inflated += payload.length;
    if (this.#inflated <= limits.batch) return { ...frame, payload };
    throw new SinkError(
      'DOCUMENT_TOO_LONG',
      `The compressed values of the batch inflate to more than ${limits.batch / megabyte} MB, which exceeds the function's memory. Make the batch smaller.`,
    );
  }
}

function inflate(payload: Buffer): Buffer {
  try {
    return inflateSync(payload, { maxOutputLength: limits.value });
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const reason = isTooLong
      ? `it inflates to more than ${limits.value / megabyte} MB`
      : 'it is marked as compressed, and is not a zlib stream';
    throw new RecordError('FRAME_INVALID', reason);
  }
}
