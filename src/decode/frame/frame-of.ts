import { apicurioHeaders, apicurioLegacy } from './apicurio.ts';
import { confluentHeader, confluentPrefix } from './confluent.ts';
import type { Frame, Headers, ReadFrame, RecordPart } from './frame.ts';
import { glueFrame } from './glue.ts';

/** The frames in headers. */
const inHeaders: readonly ReadFrame[] = [confluentHeader, apicurioHeaders];

/** The frames in front of the payload. */
const inBytes: readonly ReadFrame[] = [glueFrame, apicurioLegacy, confluentPrefix];

function firstOf(readers: readonly ReadFrame[], ...given: Parameters<ReadFrame>): Frame | null {
  for (const read of readers) {
    const frame = read(...given);
    if (frame !== null) return frame;
  }
  return null;
}

/**
 * Finds the frame of bytes; null when they are in none, as JSON and text are. A header says what bytes can
 * only suggest, so headers come first. Throws the record error `FRAME_INVALID` for a frame without a
 * schema's identity.
 */
export function frameOf(bytes: Buffer, headers: Headers, part: RecordPart): Frame | null {
  const inHeader = headers.length === 0 ? null : firstOf(inHeaders, bytes, headers, part);
  return inHeader ?? firstOf(inBytes, bytes, headers, part);
}
