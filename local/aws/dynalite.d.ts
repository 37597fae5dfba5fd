declare module 'dynalite' {
  import type { Server } from 'node:http';

  /**
   * Makes a DynamoDB server that does not listen yet and keeps all in memory. A new table stays in
   * CREATING for `createTableMs`.
   */
  function dynalite(options: { readonly createTableMs: number }): Server;

  export = dynalite;
}
