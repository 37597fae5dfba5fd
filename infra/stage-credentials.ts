import { CommandLineError } from './npm-options.ts';

/** The ends of the variables in which osls looks for the credentials of one stage. */
const ends = ['PROFILE', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'];

/**
 * Refuses variables that only osls reads, before those of the AWS SDK: `AWS_PROD_PROFILE` for the stage
 * prod, and `AWS_DEFAULT_PROFILE`. A deployment would go to another account than the doctor looks at.
 * A profile that the command names comes before all of them; null: none is named.
 * Source: osls 4, `lib/aws/credentials.js`.
 *
 * Throws CommandLineError.
 */
export function refuseStageCredentials(
  { stage, profile }: { readonly stage: string; readonly profile: string | null },
  variables: Readonly<Record<string, string | undefined>>,
): void {
  if (profile !== null) return;
  const names = [...ends.map((end) => `AWS_${stage.toUpperCase()}_${end}`), 'AWS_DEFAULT_PROFILE'];
  const found = names.find((name) => (variables[name] ?? '') !== '');
  if (found === undefined) return;
  throw new CommandLineError(
    `Nothing was done: the environment has ${found}, which the other commands do not read, so that they might act on another account. Unset it and name the profile in AWS_PROFILE, or give --aws-profile to every command.`,
  );
}
