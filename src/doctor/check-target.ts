import { type Config, deletesTombstones } from '../config/config.ts';
import { comparisonOf } from '../csv/comparable.ts';
import { checkColumn } from '../object/check-column.ts';
import { checkObject } from '../object/check-object.ts';
import type { ObjectDescription } from '../object/description.ts';
import { keyText } from '../rows/key.ts';
import { describe } from '../salesforce/describe.ts';
import { findRows } from '../salesforce/lookup/find-rows.ts';
import type { Client } from '../salesforce/session/client.ts';
import { CheckFailed, type Checks } from './checks.ts';

const allowed = { createable: true, updateable: true, deletable: true };

/** Checks the object that a sink writes, its key, the fields of FIELD_MAP, and the look-up of deletes. */
export async function checkTarget(checks: Checks, client: Client, config: Config): Promise<void> {
  const object = await checks.run('object', async () => {
    const value = await describe(client, config);
    checkObject(value, { ...config, externalIdField: null });
    return { detail: `the run-as user may ${config.operation} ${value.name}`, value };
  });
  if (object === null) return checks.markSkipped('needs object', 'external id', 'fields');
  const { externalIdField } = config;
  if (externalIdField === null) checks.markSkipped(`${config.operation} needs none`, 'external id');
  else {
    await checks.run('external id', async () => {
      checkObject({ ...object, ...allowed }, config);
      return { detail: `${externalIdField} identifies rows`, value: true };
    });
  }
  await checkMappedFields(checks, object, config);
  await checkDeleteLookup(checks, client, { object, config });
}

/** Checks the fields that FIELD_MAP names; those of records are unknown before they arrive. */
async function checkMappedFields(
  checks: Checks,
  object: ObjectDescription,
  { fieldMap, operation, keyField, recordIdField }: Config,
): Promise<void> {
  const targets = new Set([...fieldMap.values()].filter((name) => name !== null));
  if (targets.size === 0)
    return checks.markSkipped('no FIELD_MAP: records name the fields', 'fields');
  for (const name of targets) {
    await checks.run(`field ${name}`, async () => {
      // The flush checks whether a lookup's parent has the field.
      const checked = { object, operation, keyField, recordIdField, parents: new Map() };
      const column = checkColumn(name, checked);
      if ('name' in column) return { detail: 'can be written', value: true };
      const remedy = `Give the run-as user the field, or correct FIELD_MAP; docs/ERRORS.md#${column.code.toLowerCase()}`;
      throw new CheckFailed(`${column.code}: ${column.reason}.`, remedy);
    });
  }
}

/** Looks up a row that is not there, by the field that deletes go by, unless that is `Id`. */
async function checkDeleteLookup(
  checks: Checks,
  client: Client,
  { object, config }: { readonly object: ObjectDescription; readonly config: Config },
): Promise<void> {
  const { keyField: field, apiVersion } = config;
  if (!deletesTombstones(config) || field === null || field.toLowerCase() === 'id') return;
  const described = object.fields.get(field.toLowerCase());
  const comparison = comparisonOf(described?.type);
  const isNumber = comparison === 'number';
  const compared = { comparison, caseSensitive: described?.caseSensitive ?? null };
  await checks.run('delete lookup', async () => {
    const lookup = { object: object.name, field, isNumber, keyText: keyText(compared) };
    await findRows([isNumber ? '0' : 'msk-salesforce-sink'], { client, apiVersion }, lookup);
    return { detail: `rows can be looked up by ${field}`, value: true };
  });
}
