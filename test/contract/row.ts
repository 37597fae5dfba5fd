import type { Api } from './api.ts';
import { nameOf } from './use-api.ts';

/** A file whose job fails, so that no row of it is written. */
export const NO_ROWS = 'Colour__x\nred\n';

/** Why an org without an external id cannot answer, or null when it has one. */
export const needsExternalId = async ({ target }: Api) =>
  target.externalIdField === null ? 'CONTRACT_EXTERNAL_ID_FIELD names no field' : null;

/** Inserts one contact with further cells; its id. */
export async function contact(api: Api, columns = '', cells = ''): Promise<string> {
  const { id } = await api.run(`LastName${columns}\n${nameOf(api, 'Row')}${cells}\n`);
  const [row] = await api.saved(id);
  if (!row) throw new Error((await api.errors(id)).join());
  return row['sf__Id'] ?? '';
}

/** The result of the only row of a file: `saved`, its `sf__Error`, or the error of the job. */
export async function rowResult(api: Api, csv: string, job: object = {}): Promise<string> {
  const { id, state, errorMessage } = await api.run(csv, job);
  if (state !== 'JobComplete') return `${state} ${errorMessage}`;
  return (await api.errors(id))[0] ?? 'saved';
}

/** The result of a job with that file: its state, with the message of a failed one. */
export async function jobResult(api: Api, csv: string, job: object = {}): Promise<string> {
  const { state, errorMessage } = await api.run(csv, job);
  return errorMessage === undefined ? String(state) : `${state} ${errorMessage}`;
}

/** A field of a describe result. */
export type Field = Readonly<Record<string, unknown>> & { readonly name: string };

/** The fields of an object; none when the user may not see it. */
export async function fieldsOf(api: Api, object: string): Promise<Field[]> {
  const reply = await api.call('GET', `${api.base}/sobjects/${object}/describe`);
  return reply.status === 200 ? JSON.parse(reply.text).fields : [];
}

/** The name of a field of Contact that has this type and that the user may write, or undefined. */
export async function contactField(api: Api, type: string): Promise<string | undefined> {
  const fields = await fieldsOf(api, 'Contact');
  return fields.find((field) => field['type'] === type && field['createable'] === true)?.name;
}

/** Why an org without such a field cannot answer, or null when it has one. */
export const needsContactField = (type: string) => async (api: Api) =>
  (await contactField(api, type)) === undefined
    ? `Contact has no field of type ${type} that the user may write`
    : null;
