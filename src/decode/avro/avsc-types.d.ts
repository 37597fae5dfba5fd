/**
 * avsc without its files, streams and services, which would double what it takes of the bundle.
 * The package has types for its main entry only.
 */
declare module 'avsc/etc/browser/avsc-types.js' {
  import type { Type, types } from 'avsc';

  const avsc: { readonly Type: typeof Type; readonly types: typeof types };
  export = avsc;
}
