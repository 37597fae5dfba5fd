import { quotedName, RecordError } from '../../record-error.ts';
import type { Deadline } from '../../runtime/deadline.ts';
import type { RegisteredSchema, Registry, SchemaReference } from '../registry/registry.ts';
import type { SchemaTexts } from './compile.ts';

/** The record error `SCHEMA_UNKNOWN` of a schema that the registry does not have. */
export const schemaUnknown = (what: string): RecordError =>
  new RecordError('SCHEMA_UNKNOWN', `the registry does not have ${what}`);

/** What references are read with. */
interface ReferenceContext {
  readonly source: Registry;
  readonly deadline: Deadline;
  readonly seen: Set<string>;
}

async function fetchReference(
  reference: SchemaReference,
  { source, deadline }: ReferenceContext,
): Promise<RegisteredSchema> {
  const schema = await source.reference(reference, deadline);
  const { subject, version } = reference;
  if (schema !== null) return schema;
  throw schemaUnknown(`version ${version} of ${quotedName(subject)}, which it references`);
}

async function allReferences(
  { references }: RegisteredSchema,
  context: ReferenceContext,
): Promise<SchemaTexts['references']> {
  const found: SchemaTexts['references'][number][] = [];
  for (const reference of references) {
    if (context.seen.has(reference.name)) continue;
    context.seen.add(reference.name);
    const schema = await fetchReference(reference, context);
    found.push(...(await allReferences(schema, context)));
    found.push({ name: reference.name, text: schema.text });
  }
  return found;
}

/**
 * The schemas that a schema references, directly or not; none for JSON, which is not validated. A name
 * that is referenced more than once, through other subjects or versions, is read once, as Confluent's
 * deserializer does. Throws the record error `SCHEMA_UNKNOWN`, and the registry's errors.
 */
export async function referencesOf(
  schema: RegisteredSchema,
  source: Registry,
  deadline: Deadline,
): Promise<SchemaTexts['references']> {
  if (schema.type === 'JSON') return [];
  return allReferences(schema, { source, deadline, seen: new Set() });
}
