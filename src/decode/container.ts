import type { Config } from '../config.ts';
import type { Edges } from '../edges.ts';
import { type ReadRegistryLogin, SchemaRegistry } from '../registry/registry.ts';
import { Schemas } from './confluent/schemas.ts';
import { createDecode, type Decode } from './decode.ts';

/**
 * Makes the decoder that the settings ask for, with its registry where they name one. Keys are read
 * where rows are deleted by them.
 */
export function decodeFor(
  { valueFormat, schemaRegistryUrl: url, maxRetries, operation }: Config,
  edges: Edges,
  readLogin: ReadRegistryLogin,
): Decode {
  const deletes = operation === 'delete' || operation === 'hardDelete';
  if (url === null) return createDecode(valueFormat, null, deletes);
  const registry = new SchemaRegistry({ url, readLogin, edges, maxRetries });
  return createDecode(valueFormat, new Schemas(registry, edges.clock), deletes);
}
