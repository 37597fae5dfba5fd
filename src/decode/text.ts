import { isUtf8 } from 'node:buffer';
import { RecordError } from '../errors.ts';

/**
 * Reads a value's bytes as UTF-8 text, without a byte order mark. Throws the record errors
 * `VALUE_EMPTY` for zero bytes and `TEXT_NOT_UTF8`, so that no byte is replaced by U+FFFD.
 */
export function textOf(bytes: Buffer): string {
  if (bytes.length === 0) throw new RecordError('VALUE_EMPTY', 'the value has zero bytes');
  if (!isUtf8(bytes)) throw new RecordError('TEXT_NOT_UTF8', 'the value is not UTF-8 text');
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
