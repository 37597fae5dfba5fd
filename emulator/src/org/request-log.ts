/** A call that the emulator received, without secrets. */
export interface RequestView {
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** The purpose of the call; `unknown` for a path outside the API. */
  readonly call: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Size of the body as sent. */
  readonly bytes: number;
  /** The first 4,000 characters of the body. */
  readonly body: string;
  /** null: not answered yet, or not completely. */
  readonly status: number | null;
  /** Kinds of its faults. */
  readonly faults: readonly string[];
}

/** An entry under construction. */
export type RequestEntry = { -readonly [Key in keyof RequestView]: RequestView[Key] };

const KEPT = 20_000;

/** The latest calls outside the control plane, oldest first. */
export class RequestLog {
  #entries: RequestEntry[] = [];

  /** Adds a call; the entry may change later. */
  add(entry: RequestEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.splice(0, KEPT / 10);
  }

  /** All calls. */
  list(): readonly RequestView[] {
    return [...this.#entries];
  }

  /** Deletes all calls. */
  clear(): void {
    this.#entries = [];
  }
}

/** The start of a body, without secrets. */
export function maskBody(body: string): string {
  return body.slice(0, 4_000).replace(/(client_secret=|token=|password=)[^&]*/g, '$1***');
}

/** Headers without credentials. */
export function maskHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    masked[name] = name === 'authorization' ? String(value).replace(/ .*/, ' ***') : String(value);
  }
  return masked;
}
