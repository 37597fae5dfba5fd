import type { z } from 'zod';

/** What a schema made of a map: the keys that are right, and what is wrong with the others. */
export interface Salvaged<T> {
  readonly data: T;
  readonly error: z.ZodError | undefined;
}

/**
 * Reads `value` by a schema whose keys may all be left out. One wrong key does not keep the others
 * from being checked further.
 */
export function salvage<T>(schema: z.ZodType<T>, value: unknown): Salvaged<T> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return { data: parsed.data, error: undefined };
  const wrong = new Set(
    parsed.error.issues.flatMap((issue) => {
      const [key] = issue.path;
      if (key !== undefined) return [String(key)];
      return issue.code === 'unrecognized_keys' ? issue.keys : [];
    }),
  );
  const isMap = typeof value === 'object' && !Array.isArray(value);
  const right = isMap ? Object.entries(value ?? {}).filter(([key]) => !wrong.has(key)) : [];
  return { data: schema.parse(Object.fromEntries(right)), error: parsed.error };
}
