import { isUtf8 } from 'node:buffer';
import { RecordError } from '../record-error.ts';

/** Whether a text has U+FFFD, which decoding inserts for bytes that are not UTF-8, and which may also be sent. */
const hasReplacement = (text: string): boolean => text.includes('\ufffd');

function requireUtf8(bytes: Buffer, what: string): void {
  if (!isUtf8(bytes)) throw new RecordError('TEXT_NOT_UTF8', `${what} is not UTF-8 text`);
}

/**
 * Decodes bytes as UTF-8; `what` names them in the reason. Throws the record error `TEXT_NOT_UTF8`
 * rather than insert U+FFFD.
 */
export function textOf(bytes: Buffer, what: string): string {
  const text = bytes.toString('utf8');
  if (hasReplacement(text)) requireUtf8(bytes, what);
  return text;
}

/** A text without its byte order mark, which files and values that Windows wrote may begin with. */
export const withoutByteOrderMark = (text: string): string =>
  text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;

/**
 * Decodes a value as UTF-8 without its byte order mark. Throws the record errors `VALUE_EMPTY` for
 * zero bytes and `TEXT_NOT_UTF8` rather than insert U+FFFD.
 */
export function utf8Text(bytes: Buffer): string {
  if (bytes.length === 0) throw new RecordError('VALUE_EMPTY', 'the value has zero bytes');
  return withoutByteOrderMark(textOf(bytes, 'the value'));
}

/**
 * Decodes the bytes from `start` to `end` of a binary value as UTF-8. Throws the record error
 * `TEXT_NOT_UTF8` rather than insert U+FFFD.
 */
export function textAt(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (hasReplacement(text)) requireUtf8(bytes.subarray(start, end), 'a string');
  return text;
}

/** Larger values are not decoded as a whole: a part of a text keeps all of it in memory. */
const smallBytes = 512;

/** The last binary value whose strings were read, with a character for each byte. */
let whole: { readonly bytes: Buffer; readonly text: string } | null = null;

function characters(bytes: Buffer): string {
  if (whole?.bytes !== bytes) whole = { bytes, text: bytes.toString('latin1') };
  return whole.text;
}

function isAsciiIn(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] as number) >= 0x80) return false;
  return true;
}

/**
 * Decodes one of many strings in a binary value, as `textAt` does. Strings of ASCII are cut out of the
 * whole value, decoded once: a call into Node for each takes twice as long (docs/PERFORMANCE.md).
 */
export function stringAt(bytes: Buffer, start: number, end: number): string {
  const isCut = bytes.length <= smallBytes && isAsciiIn(bytes, start, end);
  return isCut ? characters(bytes).slice(start, end) : textAt(bytes, start, end);
}
