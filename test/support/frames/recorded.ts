import { readFileSync } from 'node:fs';

const folder = new URL('../../decode/fixtures/frames/', import.meta.url);

/** Whose serializers wrote the records. */
export type Recorder = 'confluent' | 'apicurio' | 'glue';

/** A record as a real serializer wrote it; `headers` are those that it added for key and value. */
export interface RecordedFrame {
  /** Such as `avro, header, full`, unique for each recorder. */
  readonly name: string;
  readonly format: 'avro' | 'json' | 'protobuf';
  readonly compression: 'none' | 'zlib';
  readonly value: Buffer;
  readonly key: Buffer;
  readonly headers: readonly (readonly [name: string, value: Buffer])[];
  /** The full name of the value's message; null unless the format is Protobuf. */
  readonly message: string | null;
  /**
   * The value's fields. Longs and decimals are text with all digits, dates and times are ISO 8601,
   * and a field that Protobuf leaves out has its default.
   */
  readonly expected: Readonly<Record<string, unknown>>;
  readonly expectedKey: Readonly<Record<string, unknown>>;
}

/** How a registry answered a request. */
export interface RecordedReply {
  /** Method and path, or for Glue the operation, such as `AWSGlue.GetSchemaVersion`. */
  readonly request: string;
  readonly requestBody?: unknown;
  readonly status: number;
  /** Those that say what the body is. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface FrameLine extends Omit<RecordedFrame, 'value' | 'key' | 'headers' | 'message'> {
  value: string;
  key: string;
  headers: Record<string, string>;
  message?: string;
}

const linesOf = <T>(name: string): T[] =>
  readFileSync(new URL(name, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

const bytes = (base64: string) => Buffer.from(base64, 'base64');

/** What the serializers wrote. */
export function recordedFrames(recorder: Recorder): RecordedFrame[] {
  return linesOf<FrameLine>(`${recorder}/records.jsonl`).map((line) => ({
    ...line,
    value: bytes(line.value),
    key: bytes(line.key),
    headers: Object.entries(line.headers).map(([name, value]) => [name, bytes(value)] as const),
    message: line.message ?? null,
  }));
}

/** How the registry answered for their schemas, and for some that it does not have. */
export const recordedReplies = (recorder: Recorder): RecordedReply[] =>
  linesOf(`${recorder}/replies.jsonl`);

/** All schemas of Apicurio's registry, for its import. */
export const apicurioExport = (): Buffer => readFileSync(new URL('apicurio/registry.zip', folder));
