import { refuseNpmOptions } from '../../infra/npm-options.ts';
import type { Variables } from './logins.ts';
import { views } from './option-values.ts';

/**
 * Refuses options that npm kept for itself, among those of the command. Its own setting `ca` is text in
 * PEM form, never a path, as here; it completes `--view` to its setting `viewer`, the name of a program;
 * with `--help` it runs no script. Source: npm documentation, "config". Throws CommandLineError.
 */
export function refuseKept(
  options: Parameters<typeof refuseNpmOptions>[1],
  args: readonly string[],
  variables: Variables,
): void {
  const { npm_config_ca: ca = '', npm_config_viewer: viewer = '' } = variables;
  const isOfNpm = ca === '' || ca.includes('-----BEGIN');
  const { help: _, ca: certificates, ...others } = options;
  const ours = isOfNpm || certificates === undefined ? others : { ca: certificates, ...others };
  const isView = (views as readonly string[]).includes(viewer);
  const view = isView ? { npm_config_view: viewer } : {};
  refuseNpmOptions('local', ours, { variables: { ...variables, ...view }, args });
}

/** Whether npm has taken `--verbose` for its own level. */
export const isNpmVerbose = ({ npm_config_loglevel: level }: Variables): boolean =>
  level === 'verbose';
