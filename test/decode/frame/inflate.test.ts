import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/decode/frame/frame.ts';
import { glueFrame } from '../../../src/decode/frame/glue.ts';
import { Inflation } from '../../../src/decode/frame/inflate.ts';

const megabyte = 1024 * 1024;
const uuid = Buffer.from('b7b4a7f09c964e4aa6871d8c1c1c1c1c', 'hex');

const framed = (payload: Buffer, compression = 5): Frame => {
  const frame = glueFrame(
    Buffer.concat([Buffer.from([3, compression]), uuid, payload]),
    [],
    'value',
  );
  if (frame === null) throw new Error('not a frame');
  return frame;
};

describe('a compressed value', () => {
  let eightMegabytes: Buffer;
  beforeAll(() => {
    eightMegabytes = deflateSync(Buffer.alloc(8 * megabyte, 0x20));
  });

  it('is inflated, and an uncompressed one is not', () => {
    const text = Buffer.from('{"a":1}');
    expect(new Inflation().opened(framed(deflateSync(text))).payload).toEqual(text);
    expect(new Inflation().opened(framed(text, 0)).payload).toEqual(text);
  });

  it('may have 8 MB, and no more', () => {
    expect(new Inflation().opened(framed(eightMegabytes)).payload).toHaveLength(8 * megabyte);
    const more = deflateSync(Buffer.alloc(8 * megabyte + 1, 0x20));
    expect(() => new Inflation().opened(framed(more))).toThrow(
      expect.objectContaining({
        code: 'FRAME_INVALID',
        message: expect.stringContaining('more than 8 MB'),
      }),
    );
  });

  it('that is cut or is no zlib stream costs its record alone', () => {
    const whole = deflateSync(Buffer.from('{"a":"some text"}'));
    for (const bytes of [whole.subarray(0, -1), Buffer.alloc(0), Buffer.from('{"a":1}')]) {
      expect(() => new Inflation().opened(framed(bytes))).toThrow(
        expect.objectContaining({ code: 'FRAME_INVALID' }),
      );
    }
  });

  it('costs the flush when those of the batch exceed 96 MB', () => {
    const inflation = new Inflation();
    for (let value = 0; value < 12; value += 1) inflation.opened(framed(eightMegabytes));
    expect(() => inflation.opened(framed(deflateSync(Buffer.from(' '))))).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_TOO_LONG' }),
    );
    expect(new Inflation().opened(framed(eightMegabytes)).payload).toHaveLength(8 * megabyte);
  });
});
