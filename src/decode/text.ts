import { isUtf8 } from 'node:buffer';
import { RecordError } from '../record-error.ts';

/**
 * Decodes a value as UTF-8 without its byte order mark. Throws the record errors `VALUE_EMPTY` for
 * zero bytes and `TEXT_NOT_UTF8` rather than insert U+FFFD.
 */
export function utf8Text(bytes: Buffer): string {
  if (bytes.length === 0) throw new RecordError('VALUE_EMPTY', 'the value has zero bytes');
  const text = bytes.toString('utf8');
  // Only a text with this character can be of bytes that are not UTF-8.
  if (text.includes('\ufffd') && !isUtf8(bytes)) {
    throw new RecordError('TEXT_NOT_UTF8', 'the value is not UTF-8 text');
  }
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * Decodes the bytes from `start` to `end` of a binary value as UTF-8. Throws the record error
 * `TEXT_NOT_UTF8` rather than insert U+FFFD.
 */
export function textAt(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) {
    throw new RecordError('TEXT_NOT_UTF8', 'a string is not UTF-8 text');
  }
  return text;
}
