/**
 * Refuses options that npm kept for itself, which without `--` before them never reach the command. npm
 * passes them as environment variables, to the script that it runs. Only for a script named `emulator`:
 * what another one was given may be meant for something else.
 *
 * Source: npm documentation, "npm run", and "config", "Environment Variables".
 *
 * Throws Error with the right command.
 */
export function refuseNpmOptions(
  options: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): void {
  if (variables['npm_lifecycle_event'] !== 'emulator') return;
  const kept = options.flatMap((name) => {
    const value = variables[`npm_config_${name.replaceAll('-', '_')}`];
    // npm says `true` also where the value follows as an argument of its own.
    return value === undefined ? [] : [`--${name}=${value === 'true' ? 'VALUE' : value}`];
  });
  if (kept.length === 0) return;
  throw new Error(
    `Nothing was done: npm passes on no options without -- before them. Run:\n  npm run emulator -- ${kept.join(' ')}`,
  );
}
