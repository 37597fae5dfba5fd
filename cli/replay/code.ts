import { nearest } from '../../infra/nearest.ts';
import { errantCodes } from '../../src/record-error.ts';

/**
 * The code of `--code`, in capitals as all codes are. Salesforce has codes of its own, which no list
 * holds, so that only what is near a code of the sink is a mistake. Throws Error with a sentence for the
 * user.
 */
export function readCode(text: string): string {
  const code = text.trim().toUpperCase();
  if ((errantCodes as readonly string[]).includes(code)) return code;
  const meant = nearest(code, errantCodes, 2);
  if (meant !== null) throw new Error(`--code: there is no ${text}; did you mean ${meant}?`);
  if (/^[A-Z][A-Z0-9_]*$/.test(code)) return code;
  throw new Error(
    `--code takes a code such as FIELD_UNKNOWN (docs/ERRORS.md), not ${JSON.stringify(text)}`,
  );
}
