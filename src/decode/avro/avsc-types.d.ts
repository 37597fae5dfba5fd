/**
 * avsc without files, streams and services, which would double its size in the bundle. The package
 * ships types for its main entry only.
 */
declare module 'avsc/etc/browser/avsc-types.js' {
  import type { Type, types } from 'avsc';

  const avsc: { readonly Type: typeof Type; readonly types: typeof types };
  export = avsc;
}
