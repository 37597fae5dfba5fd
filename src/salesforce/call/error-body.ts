import { jsonOf } from '../../runtime/http/json.ts';

/** Salesforce's error code and message. */
export interface ErrorBody {
  readonly errorCode: string | null;
  readonly message: string | null;
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/**
 * Reads an error body in either form: the list of the REST API, or the object of the token endpoint.
 * Anything else (HTML, empty, truncated JSON) gives nulls.
 */
export function errorBody(body: string): ErrorBody {
  const parsed = jsonOf(body);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const fields = (typeof first === 'object' && first !== null ? first : {}) as Record<
    string,
    unknown
  >;
  return {
    errorCode: text(fields['errorCode']) ?? text(fields['error']),
    message: text(fields['message']) ?? text(fields['error_description']),
  };
}
