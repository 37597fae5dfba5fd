import type { CallName } from '../fault/fault.ts';
import type { Org } from '../org/org.ts';
import type { ApiRequest } from './api-request.ts';
import type { Reply } from './reply.ts';

/** A call, and the org that answers it. */
export interface Call {
  readonly request: ApiRequest;
  readonly org: Org;
  /** API version of the path without the `v`, such as `65.0`; empty outside `/services/data`. */
  readonly version: string;
  /** The path parameters of the route, decoded. */
  readonly parameters: readonly string[];
}

/** Handles the calls of one method and path. */
export interface Route {
  readonly method: string;
  /** Matches what follows `/services/data/vXX.X`; its groups are the parameters. */
  readonly path: RegExp;
  /** The purpose of the call. */
  readonly name: (request: ApiRequest) => CallName;
  /**
   * Answers the call.
   * @throws ApiError
   */
  readonly answer: (call: Call) => Reply;
}
