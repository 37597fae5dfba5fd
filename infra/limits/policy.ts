import { resolved } from './resolved.ts';

/**
 * The characters of a policy as IAM counts them: without white space.
 * Source: IAM user guide, "IAM and AWS STS quotas", "IAM and STS character limits".
 */
export function policyCharacters(document: unknown): number {
  return JSON.stringify(resolved(document)).replaceAll(/\s/g, '').length;
}
