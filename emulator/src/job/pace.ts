/** How long an org takes, in milliseconds. */
export interface Pace {
  /** From `UploadComplete` to `InProgress`. */
  readonly queueMs: number;
  /** For a chunk of at most 200 rows. */
  readonly chunkMs: number;
  /** Before each reply. */
  readonly replyMs: number;
}

/** Paces by name. */
export const PACES = {
  /** For tests. */
  fast: { queueMs: 2, chunkMs: 1, replyMs: 0 },
  /** For manual use. */
  lifelike: { queueMs: 1_000, chunkMs: 250, replyMs: 40 },
  /** A busy org. */
  slow: { queueMs: 20_000, chunkMs: 3_000, replyMs: 400 },
} as const satisfies Record<string, Pace>;
