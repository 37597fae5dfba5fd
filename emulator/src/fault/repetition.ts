import { z } from 'zod';

/** How often a fault happens (null: always), and how many occasions it lets pass first. */
export const repetition = {
  times: z.int().min(1).nullable().default(1),
  skip: z.int().min(0).default(0),
};
