import type { FieldDescription, ObjectDescription } from '../object/description.ts';
import type { FieldPath } from './field-path.ts';

/** A column of a query, in the names of the reply; one of a parent holds the parent's columns. */
export interface QueryColumn {
  readonly aggregate: boolean;
  readonly apexType: string;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  /** The lookup field of a parent; null of a field. */
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: readonly QueryColumn[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

/** Types of Apex by the type of a field; any other is a `String`. */
const APEX_TYPES: Readonly<Record<string, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  long: 'Long',
  double: 'Double',
  percent: 'Double',
  currency: 'Decimal',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
};

const NUMBERS = ['Integer', 'Long', 'Double', 'Decimal'];

/**
 * The columns of a query, which the Salesforce CLI asks for with `columns=true`. The names are
 * those of the replies in its tests. assumption: query-columns.
 */
export function queryColumns(fields: readonly FieldPath[]): QueryColumn[] {
  const columns: QueryColumn[] = [];
  const parents = new Set<string>();
  for (const { steps, field } of fields) {
    const [step] = steps;
    if (!step) columns.push(columnOf(field, field.name));
    else if (!parents.has(step.name)) {
      parents.add(step.name);
      const own = fields
        .filter((path) => path.steps[0]?.name === step.name)
        .map((path) => ({ ...path, steps: path.steps.slice(1) }));
      columns.push({
        ...columnOf(step.lookup, step.name),
        apexType: step.parent.name,
        foreignKeyName: step.lookup.name,
        joinColumns: queryColumns(own),
      });
    }
  }
  return columns;
}

/** The columns, and what they are columns of. */
export function columnsJson(object: ObjectDescription, fields: readonly FieldPath[]): object {
  return {
    columnMetadata: queryColumns(fields),
    entityName: object.name,
    groupBy: false,
    idSelected: fields.some(({ steps, field }) => steps.length === 0 && field.name === 'Id'),
    keyPrefix: object.keyPrefix,
  };
}

function columnOf(field: FieldDescription, name: string): QueryColumn {
  const apexType = APEX_TYPES[field.type] ?? 'String';
  return {
    aggregate: false,
    apexType,
    booleanType: apexType === 'Boolean',
    columnName: name,
    custom: /__[cr]$/.test(name),
    displayName: name,
    foreignKeyName: null,
    insertable: field.createable,
    joinColumns: [],
    numberType: NUMBERS.includes(apexType),
    textType: apexType === 'String' || apexType === 'Id',
    updatable: field.updateable,
  };
}
