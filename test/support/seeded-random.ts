import { Random } from '../reliability/model/random.ts';

/** Numbers from 0 up to but not including 1, the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  const random = new Random(seed);
  return () => random.next();
}
