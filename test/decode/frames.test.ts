import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDecode } from '../../src/decode/decode.ts';
import {
  CalendarDate,
  Decimal,
  type FieldValue,
  isFields,
  TimeOfDay,
  Timestamp,
} from '../../src/decode/decoded-record.ts';
import { ApicurioRegistry } from '../../src/decode/registry/apicurio.ts';
import { ConfluentRegistry } from '../../src/decode/registry/confluent.ts';
import { GlueRegistry } from '../../src/decode/registry/glue.ts';
import { SchemaCache } from '../../src/decode/schema/schema-cache.ts';
import type { KafkaRecord } from '../../src/kafka/record.ts';
import { systemRuntime } from '../../src/runtime/runtime.ts';
import { rowsOf } from '../support/tables.ts';
import { noDeadline } from '../support/values.ts';

/** What a real serializer wrote, and what is in it; see the README beside the files. */
interface Recorded {
  readonly name: string;
  readonly format: string;
  readonly value: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly expected: FieldValue;
  readonly expectedKey: FieldValue;
}

/** What a real registry answered. */
interface Reply {
  readonly request: string;
  readonly requestBody?: { readonly SchemaVersionId: string };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const linesOf = <T>(file: string): T[] =>
  readFileSync(`test/decode/fixtures/frames/${file}.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const serializers = ['confluent', 'apicurio', 'glue'] as const;

/** The replies of a registry by request. */
const repliesOf = (serializer: (typeof serializers)[number]) =>
  new Map(
    linesOf<Reply>(`${serializer}/replies`).map((reply) => {
      const { requestBody } = reply;
      return [requestBody === undefined ? reply.request : requestBody.SchemaVersionId, reply];
    }),
  );

/** A registry over HTTP that answers as recorded. */
function recordedAt(serializer: 'confluent' | 'apicurio', url: string) {
  const replies = repliesOf(serializer);
  const base = new URL(url).pathname.replace(/\/$/, '');
  const send = async ({ method, url: asked }: { method: string; url: string }) => {
    const { pathname, search } = new URL(asked);
    const path = serializer === 'confluent' ? pathname.slice(base.length) : pathname;
    // Nothing was deleted in the recorded registries.
    const request = `${method} ${path}${search.replace('?deleted=true', '')}`;
    const reply = replies.get(request);
    if (reply === undefined) throw new Error(`not recorded: ${request}`);
    return reply;
  };
  const runtime = { ...systemRuntime(), send: send as never };
  return { url, runtime, maxRetries: 0, readLogin: async () => null };
}

function recordedGlue(): GlueRegistry {
  const replies = repliesOf('glue');
  return new GlueRegistry(async (id) => {
    const reply = replies.get(id);
    const body = JSON.parse(reply?.body ?? '{}') as { __type?: string; SchemaDefinition?: string };
    if (reply?.status === 200) return body;
    throw Object.assign(new Error(), { name: body.__type ?? 'EntityNotFoundException' });
  });
}

const ccompat = 'https://registry.example.com/apis/ccompat/v7';

const schemasOf = {
  confluent: () =>
    new SchemaCache(
      { confluent: new ConfluentRegistry(recordedAt('confluent', 'https://registry.example.com')) },
      systemRuntime().clock,
    ),
  apicurio: () => {
    const parts = recordedAt('apicurio', ccompat);
    const confluent = new ConfluentRegistry(parts);
    const registries = { confluent, apicurio: new ApicurioRegistry(parts) };
    return new SchemaCache(registries, systemRuntime().clock);
  },
  glue: () => new SchemaCache({ glue: recordedGlue() }, systemRuntime().clock),
};

/** A value as JSON, its numbers and typed values as text. */
function plain(value: FieldValue | undefined): unknown {
  if (typeof value === 'number') return String(value);
  if (value instanceof Decimal) return value.source;
  if (value instanceof Timestamp) return new Date(value.ms).toISOString();
  if (value instanceof CalendarDate) {
    return new Date(value.days * 86_400_000).toISOString().slice(0, 10);
  }
  if (value instanceof TimeOfDay) return value.ms;
  if (Array.isArray(value)) return value.map(plain);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}

const bytes = (text: string | null) => (text === null ? null : Buffer.from(text, 'base64'));

const recordOf = ({ value, key, headers }: Recorded): KafkaRecord => ({
  ...{ topic: 't', partition: 0, offset: 0, timestamp: 0, value: bytes(value), key: bytes(key) },
  headers: Object.entries(headers).map(([name, header]) => [name, bytes(header)] as const),
});

/** The row of a record's frame in docs/VALUES.md. */
function rowOfFrame(serializer: (typeof serializers)[number], { name, headers }: Recorded): string {
  if (serializer === 'glue') return name.includes('zlib') ? 'AWS Glue, compressed' : 'AWS Glue';
  if (serializer === 'apicurio' && 'apicurio.value.msgType' in headers) return 'Apicurio, headers';
  const hasHeaders = Object.keys(headers).length > 0;
  if (serializer === 'apicurio') return hasHeaders ? 'Apicurio, headers' : 'Confluent, prefix';
  return hasHeaders ? 'Confluent, header' : 'Confluent, prefix';
}

/** The row of a frame that is not read; undefined: it is. */
function refusedRow({ name }: Recorded): string | undefined {
  if (name.includes('of 8 bytes')) return 'Apicurio, ids of 8 bytes';
  return name.includes('JSON encoding') ? 'Apicurio, Avro in JSON encoding' : undefined;
}

/** A global id of four bytes looks like a content id, and names another schema or none. */
const isMistakable = ({ name }: Recorded): boolean => name.includes('prefix globalId');

const recorded = serializers.flatMap((serializer) =>
  linesOf<Recorded>(`${serializer}/records`)
    .filter((one) => !isMistakable(one))
    .map((one) => ({ serializer, ...one })),
);

const settings = { readsKeys: 'all', changeEvents: 'auto' } as const;
const decoders = {
  confluent: createDecode('auto', schemasOf.confluent(), settings),
  apicurio: createDecode('auto', schemasOf.apicurio(), settings),
  glue: createDecode('auto', schemasOf.glue(), settings),
};

describe('what a real serializer writes', () => {
  const read = recorded.filter((one) => refusedRow(one) === undefined);

  it.each(read.map((one) => [one.serializer, one.name, one] as const))(
    'is read: %s, %s',
    async (serializer, _name, one) => {
      const { records, errants } = await decoders[serializer]([recordOf(one)], noDeadline);
      expect(errants).toEqual([]);
      expect(plain(records[0]?.fields)).toEqual(plain(one.expected));
      if (one.key !== null) expect(plain(records[0]?.key?.())).toEqual(plain(one.expectedKey));
    },
  );

  const refused = recorded.filter((one) => refusedRow(one) !== undefined);

  it.each(refused.map((one) => [one.name, one] as const))('is refused: %s', async (_name, one) => {
    const { errants } = await decoders.apicurio([recordOf(one)], noDeadline);
    const [, , cell] =
      rowsOf('Frames that are not read').find(([row]) => row === refusedRow(one)) ?? [];
    expect(`errant: \`${errants[0]?.code}\``).toBe(cell);
  });

  it('covers every frame of docs/VALUES.md with every format', () => {
    const rows = rowsOf('Frames').flatMap(([row = '']) =>
      row === 'none' || row === 'frame' ? [] : [row],
    );
    const covered = read.map((one) => `${rowOfFrame(one.serializer, one)} ${one.format}`);
    const formats = ['avro', 'json', 'protobuf'];
    const wanted = rows.flatMap((row) => formats.map((format) => `${row} ${format}`));
    expect([...new Set(covered)].toSorted()).toEqual(wanted.toSorted());
    const refusedRows = new Set(refused.map(refusedRow));
    expect([...refusedRows].toSorted()).toEqual(
      rowsOf('Frames that are not read')
        .map(([row]) => row)
        .toSorted(),
    );
  });
});

describe('a frame whose registry is not configured', () => {
  const none = createDecode('auto', new SchemaCache({}, systemRuntime().clock), settings);
  const needs = new Map(rowsOf('Frames').map(([row, , , setting = '']) => [row, setting]));

  it.each(
    recorded
      .filter((one) => refusedRow(one) === undefined)
      .map((one) => [one.serializer, one.name, one] as const),
  )(
    'makes its record errant, with the setting, unless it is JSON beside headers: %s, %s',
    async (serializer, _name, one) => {
      const { records, errants } = await none([recordOf(one)], noDeadline);
      if (one.format === 'json' && Object.keys(one.headers).length > 0) {
        expect(plain(records[0]?.fields)).toEqual(plain(one.expected));
        return;
      }
      expect(errants).toMatchObject([{ code: 'FRAME_INVALID' }]);
      const setting = needs.get(rowOfFrame(serializer, one))?.replaceAll('`', '');
      expect(errants[0]?.reason).toContain(`set ${setting}`);
    },
  );

  it.each(
    recorded
      .filter((one) => refusedRow(one) === undefined && one.format !== 'json')
      .flatMap((one) =>
        (['json', 'connect-json'] as const).map((format) => [format, one.name, one] as const),
      ),
  )(
    'with VALUE_FORMAT=%s the reason names the setting and auto: %s',
    async (format, _name, one) => {
      const decode = createDecode(format, new SchemaCache({}, systemRuntime().clock));
      const { errants } = await decode([recordOf(one)], noDeadline);
      expect(errants).toMatchObject([{ code: 'FRAME_INVALID' }]);
      expect(errants[0]?.reason).toMatch(
        /set (SCHEMA|GLUE_SCHEMA)_REGISTRY.*, and VALUE_FORMAT to auto/,
      );
    },
  );
});
