import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NoReply, noReplyFrom } from './no-reply.ts';

/** The chunks of a body as they arrive. */
export type Bytes = AsyncIterable<Uint8Array>;

/** Maximum number of bytes of a body that is read as text; the largest object descriptions have about 10 MB. */
const longestText = 64 * 1024 * 1024;

/** Large, because each chunk costs a turn of the event loop and of the parser. */
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

/** Decompresses gzip. A truncated stream ends in an error; an empty body is not a gzip stream. */
async function* inflated(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { done, value } = await bytes.next();
  if (done) return;
  // An error of either stream ends the other and reaches the reader of the bytes.
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  yield* pipeline(joined(value, bytes), gunzip, () => undefined);
}

/**
 * Yields the decoded bytes of a body; `onPiece` is called for each chunk that the connection
 * delivers. Throws `NoReply` when the body is truncated or its gzip stream is corrupt.
 */
export async function* bytesOf(
  body: Bytes,
  encoding: string | string[] | undefined,
  onPiece: () => void,
): AsyncGenerator<Uint8Array> {
  const pieces = each(body, onPiece);
  // No other encoding is requested.
  const isPacked = encoding === 'gzip' || encoding === 'x-gzip';
  try {
    yield* isPacked ? inflated(pieces) : pieces;
  } catch (error) {
    throw noReplyFrom(error);
  }
}

/** Reads a whole body as UTF-8. Throws `NoReply` beyond 64 MiB, which no reply should have. */
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
