import type { AssignmentRule, OrgState } from './org-state.ts';
import { parseId } from './salesforce-id.ts';

/** Key prefix of assignment rules. */
const KEY_PREFIX = '01Q';

/**
 * Adds a rule to the org.
 * @returns its id
 * @throws Error when the owner is not an id.
 */
export function addAssignmentRule(rule: AssignmentRule, org: OrgState): string {
  const ownerId = parseId(rule.ownerId);
  if (ownerId === null) throw new Error(`${rule.ownerId} is not an id`);
  const id = org.ids(KEY_PREFIX);
  org.assignmentRules.set(id, { ...rule, ownerId });
  return id;
}

/** The 18-character form of the id of a rule, or null when the text is not one. */
export function parseRuleId(text: string): string | null {
  const id = parseId(text);
  return id?.startsWith(KEY_PREFIX) ? id : null;
}

/** The rule of that id, of 15 or 18 characters, or undefined. */
export function findRule(id: string, org: OrgState): AssignmentRule | undefined {
  return org.assignmentRules.get(parseRuleId(id) ?? '');
}
