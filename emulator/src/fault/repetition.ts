import { z } from 'zod';

/** How often a fault occurs (null: always), and how many occasions it skips first. */
export const repetition = {
  times: z.int().min(1).nullable().default(1),
  skip: z.int().min(0).default(0),
};
