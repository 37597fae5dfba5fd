import { settings } from '../src/config/settings.ts';
import { nearest } from './nearest.ts';

/**
 * The environment variables that differ in one letter, or in `_` and capitals, from a setting of the
 * function: each with the setting. Others belong to other programs.
 */
export function misspeltSettings(names: readonly string[]): (readonly [string, string])[] {
  return names.flatMap((name) => {
    if (Object.hasOwn(settings, name)) return [];
    const meant = nearest(name, Object.keys(settings), 1);
    return meant === null ? [] : [[name, meant] as const];
  });
}
