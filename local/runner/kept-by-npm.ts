import type { Variables } from './logins.ts';

/**
 * The options that npm may have kept for itself, among those of the command. Its own setting `ca` is
 * text in PEM form, never a path, as here; with `--help` it runs no script. Source: npm documentation,
 * "config".
 */
export function keptByNpm(
  names: readonly string[],
  { npm_config_ca: ca = '' }: Variables,
): string[] {
  const isOfNpm = ca === '' || ca.includes('-----BEGIN');
  return names.filter((name) => name !== 'help' && !(name === 'ca' && isOfNpm));
}

/** Whether npm has taken `--verbose` for its own level. */
export const isNpmVerbose = ({ npm_config_loglevel: level }: Variables): boolean =>
  level === 'verbose';
