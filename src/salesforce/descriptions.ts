import type { Config } from '../config/config.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { Clock } from '../runtime/deadline.ts';
import { describe, describeIfAllowed } from './describe.ts';
import type { Client } from './session/client.ts';

/** How long a description is cached, in milliseconds. */
const ttlMs = 3_600_000;

/** The descriptions of a container, each read once an hour. */
export class DescriptionCache {
  readonly #entries = new Map<
    string,
    { readonly description: ObjectDescription | null; readonly at: number }
  >();

  /** An object's description, null if the run-as user may not read it; undefined: none that young. */
  get(object: string, now: number, maxAgeMs: number = ttlMs): ObjectDescription | null | undefined {
    const entry = this.#entries.get(object);
    return entry !== undefined && now - entry.at < maxAgeMs ? entry.description : undefined;
  }

  set(object: string, description: ObjectDescription | null, now: number): void {
    this.#entries.set(object, { description, at: now });
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** Dependencies of `Descriptions`. */
export interface DescriptionParts {
  readonly config: Pick<Config, 'object' | 'apiVersion'>;
  readonly clock: Clock;
  readonly client: Client;
}

/** The descriptions of objects, from the container's cache or from the org. */
export class Descriptions {
  readonly #parts: DescriptionParts;
  readonly #cache: DescriptionCache;

  constructor(parts: DescriptionParts, cache: DescriptionCache) {
    this.#parts = parts;
    this.#cache = cache;
  }

  /**
   * The description of the sink's object, cached for an hour, or read again if older than `maxAgeMs`.
   * Throws `OBJECT_INVALID`, and as `Client.call` does.
   */
  async describe(maxAgeMs?: number): Promise<ObjectDescription> {
    const { config, clock } = this.#parts;
    const cached = this.#cache.get(config.object, clock.now(), maxAgeMs);
    if (cached) return cached;
    const read = await describe(this.#parts.client, config);
    this.#cache.set(config.object, read, clock.now());
    return read;
  }

  /**
   * The descriptions of other objects, by name in lower case, without those that the run-as user may
   * not read. Throws as `Client.call` does.
   */
  async describeParents(
    names: readonly string[],
    maxAgeMs?: number,
  ): Promise<ReadonlyMap<string, ObjectDescription>> {
    const found = new Map<string, ObjectDescription>();
    for (const name of names) {
      const parent = await this.#describeParent(name, maxAgeMs);
      if (parent !== null) found.set(name.toLowerCase(), parent);
    }
    return found;
  }

  async #describeParent(object: string, maxAgeMs?: number): Promise<ObjectDescription | null> {
    const { config, clock } = this.#parts;
    const cached = this.#cache.get(object, clock.now(), maxAgeMs);
    if (cached !== undefined) return cached;
    const read = await describeIfAllowed(this.#parts.client, { ...config, object });
    this.#cache.set(object, read, clock.now());
    return read;
  }
}
