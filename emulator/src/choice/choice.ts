/** A behaviour of Salesforce that no public material documents, and the options of the emulator. */
export interface Choice {
  /** What is undocumented. */
  readonly question: string;
  /** The first is the default. */
  readonly options: readonly [string, string, ...string[]];
  /** Why the default is the default. */
  readonly why: string;
}
