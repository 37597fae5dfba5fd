import type { Api } from '../api.ts';

/** How a question that Salesforce leaves open is put to an org. */
export interface Probe {
  /** What is done, and what is looked at. */
  readonly how: string;
  /** Why a real org is not asked; absent: it is. */
  readonly emulatorOnly?: string;
  /** Why this org cannot answer, or null when it can; absent: every org can. */
  readonly missing?: (api: Api) => Promise<string | null>;
  /** Asks. One of the options of the choice, or else what was seen in its place. */
  readonly ask: (api: Api) => Promise<string>;
}

/** The option whose condition holds, or what was seen. */
export function decide(seen: string, options: Readonly<Record<string, boolean>>): string {
  return Object.entries(options).find(([, holds]) => holds)?.[0] ?? seen;
}
