/** Why a row was refused, as `sf__Error` tells it. */
export interface RowError {
  readonly code: string;
  readonly message: string;
  /** API names of the fields at fault; may be empty. */
  readonly fields: readonly string[];
}

/** A row error. */
export function rowError(code: string, message: string, fields: readonly string[] = []): RowError {
  return { code, message, fields };
}

/**
 * The text of `sf__Error`: `CODE:message:Field1 Field2 --`, and `CODE:message:--` without fields
 * (recorded results; Data Loader parses the same grammar).
 */
export function formatRowError(error: RowError): string {
  const fields = error.fields.map((name) => `${name} `).join('');
  return `${error.code}:${error.message}:${fields}--`;
}
