import type { Config } from '../config.ts';
import type { Edges } from '../edges.ts';
import { type ReadRegistryLogin, SchemaRegistry } from '../registry/registry.ts';
import { Schemas } from './confluent/schemas.ts';
import { createDecode, type Decode } from './decode.ts';

/** Makes the decoder that the settings ask for, with its registry where they name one. */
export function decodeFor(
  { valueFormat, schemaRegistryUrl: url, maxRetries }: Config,
  edges: Edges,
  readLogin: ReadRegistryLogin,
): Decode {
  if (url === null) return createDecode(valueFormat, null);
  const registry = new SchemaRegistry({ url, readLogin, edges, maxRetries });
  return createDecode(valueFormat, new Schemas(registry, edges.clock));
}
