import type { z } from 'zod';

/** The valid keys of a map, and the errors of the others. */
export interface Salvaged<T> {
  readonly data: T;
  readonly error: z.ZodError | undefined;
}

/**
 * Parses `value` by a schema with optional keys only, so that one invalid key does not stop the
 * checks of the others.
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
