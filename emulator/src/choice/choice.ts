/** One thing that public material does not settle, and how the emulator settles it. */
export interface Choice {
  /** What is unknown. */
  readonly question: string;
  /** The answers that the emulator can give; the first is the default. */
  readonly options: readonly [string, ...string[]];
  /** Why the default is the default. */
  readonly why: string;
}
