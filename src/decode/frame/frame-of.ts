import { apicurioHeaders, apicurioLegacy } from './apicurio.ts';
import { confluentHeader, confluentPrefix } from './confluent.ts';
import type { Frame, Headers, ReadFrame, RecordPart } from './frame.ts';
import { glueFrame } from './glue.ts';

/** The frames that are known. A header says what bytes can only suggest, so headers come first. */
const frames: readonly ReadFrame[] = [
  ...[confluentHeader, apicurioHeaders],
  ...[glueFrame, apicurioLegacy, confluentPrefix],
];

/**
 * Finds the frame of bytes; null when they are in none, as JSON and text are. Throws the record error
 * `FRAME_INVALID` for a frame without a schema's identity.
 */
export function frameOf(bytes: Buffer, headers: Headers, part: RecordPart): Frame | null {
  for (const read of frames) {
    const frame = read(bytes, headers, part);
    if (frame !== null) return frame;
  }
  return null;
}
