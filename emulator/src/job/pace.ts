/** How long an org takes, in milliseconds. */
export interface Pace {
  /** From `UploadComplete` to `InProgress`. */
  readonly queueMs: number;
  /** For a chunk of at most 200 rows. */
  readonly chunkMs: number;
  /** Before each reply. */
  readonly replyMs: number;
}

/** Paces to choose from by name. */
export const PACES = {
  /** For tests. */
  fast: { queueMs: 2, chunkMs: 1, replyMs: 0 },
  /** For people who watch. */
  lifelike: { queueMs: 1_000, chunkMs: 250, replyMs: 40 },
  /** An org in a bad hour. */
  slow: { queueMs: 20_000, chunkMs: 3_000, replyMs: 400 },
} as const satisfies Record<string, Pace>;
