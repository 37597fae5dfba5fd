/** A command line that was not understood; the message is for the user. */
export class CommandLineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandLineError';
    // osls prints the stack of an error, which is no help here.
    this.stack = message;
  }
}

/** Environment variables by name. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Refuses options that npm kept for itself: without `--` before them, `npm run deploy --stage=prod`
 * runs the command without its stage, and would act on another one. npm passes what it kept as
 * environment variables.
 *
 * Source: npm documentation, "npm run", and "config", "Environment Variables".
 *
 * Throws CommandLineError with the right command.
 */
export function refuseNpmOptions(
  command: string,
  options: readonly string[],
  variables: Variables = process.env,
): void {
  // Another command that npm runs inherits its variables.
  if ((variables['npm_lifecycle_event'] ?? command) !== command) return;
  const kept = options.flatMap((name) => {
    const value = variables[`npm_config_${name.replaceAll('-', '_')}`];
    return value === undefined ? [] : [written(name, value)];
  });
  if (kept.length === 0) return;
  const [names, are] = [kept.map(([option]) => option).join(', '), kept.length > 1 ? 'are' : 'is'];
  const line = kept.map((parts) => parts.join(' ')).join(' ');
  throw new CommandLineError(
    `Nothing was done: ${names} ${are} not passed on by npm without -- before it. Run:\n  npm run ${command} -- ${line}`,
  );
}

/** The option with its value; npm says `true` also where the value follows as an argument of its own. */
function written(name: string, value: string): [option: string, value?: string] {
  if (value === '') return [`--no-${name}`];
  if (value === 'true') return isSwitch.has(name) ? [`--${name}`] : [`--${name}`, 'VALUE'];
  return [`--${name}`, /^[\w./:@=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`];
}

/** Options without a value. */
const isSwitch = new Set([
  ...['dry-run', 'json', 'local', 'help', 'ledger', 'tls'],
  ...['force', 'slow', 'verbose', 'tail', 'conceal', 'minify-template', 'aws-s3-accelerate'],
]);
