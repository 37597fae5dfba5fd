import type { Api } from './api.ts';

/** How an org is asked about a behaviour that Salesforce does not document. */
export interface Probe {
  /** What is done, and what is checked. */
  readonly how: string;
  /** Why a real org is not asked; absent: it is. */
  readonly emulatorOnly?: string;
  /** Why this org cannot answer, or null when it can; absent: every org can. */
  readonly missing?: (api: Api) => Promise<string | null>;
  /** Asks. One of the expected answers, or a description of what the org did instead. */
  readonly ask: (api: Api) => Promise<string>;
}

/** The answer whose condition holds, or `seen`, what the org did. */
export function decide(seen: string, answers: Readonly<Record<string, boolean>>): string {
  return Object.entries(answers).find(([, holds]) => holds)?.[0] ?? seen;
}
