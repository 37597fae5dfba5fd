import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NoReply, noReplyFrom } from './no-reply.ts';

/** The bytes of a body as they arrive. */
export type Bytes = AsyncIterable<Uint8Array>;

/** The most bytes of a body that is kept as text; the largest descriptions have some 10 MB. */
const longestText = 64 * 1024 * 1024;

/** Large, because each piece costs a turn of the event loop and of the parser behind it. */
const pieceBytes = 64 * 1024;

async function* each(bytes: Bytes, onPiece: () => void): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    onPiece();
    yield piece;
  }
}

async function* joined(first: Uint8Array, rest: Bytes): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** Undoes gzip. A stream that is cut off ends in an error; no bytes at all are no stream. */
async function* inflated(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { done, value } = await bytes.next();
  if (done) return;
  // Errors of either stream end the other, and come to whoever reads the bytes.
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  yield* pipeline(joined(value, bytes), gunzip, () => undefined);
}

/**
 * Gives the bytes of a body with its encoding undone; `onPiece` is called for each piece that comes
 * over the connection. Throws `NoReply` when the body is cut off or its gzip stream is broken.
 */
export async function* bytesOf(
  body: Bytes,
  encoding: string | string[] | undefined,
  onPiece: () => void,
): AsyncGenerator<Uint8Array> {
  const pieces = each(body, onPiece);
  // No other encoding is ever asked for.
  const isPacked = encoding === 'gzip' || encoding === 'x-gzip';
  try {
    yield* isPacked ? inflated(pieces) : pieces;
  } catch (error) {
    throw noReplyFrom(error);
  }
}

/** Reads a body to its end as UTF-8. Throws `NoReply` beyond 64 MiB: no such reply is expected. */
export async function textOf(bytes: Bytes): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    length += piece.length;
    if (length > longestText) {
      throw new NoReply(`a body of more than ${longestText} bytes`, {
        mayHaveArrived: true,
        cause: undefined,
      });
    }
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}
