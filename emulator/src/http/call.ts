import type { CallName } from '../fault/fault.ts';
import type { Org } from '../org/org.ts';
import type { ApiRequest } from './api-request.ts';
import type { Reply } from './reply.ts';

/** A call with everything that its answer depends on. */
export interface Call {
  readonly request: ApiRequest;
  readonly org: Org;
  /** API version of the path without the `v`, such as `65.0`; empty outside `/services/data`. */
  readonly version: string;
  /** What stands in the path for the route's variable parts, decoded. */
  readonly parameters: readonly string[];
}

/** What answers the calls of one method and path. */
export interface Route {
  readonly method: string;
  /** Its groups are the parameters. For API resources: what follows `/services/data/vXX.X`. */
  readonly path: RegExp;
  /** The purpose of the call. */
  readonly name: (request: ApiRequest) => CallName;
  /**
   * Answers the call.
   * @throws ApiError
   */
  readonly answer: (call: Call) => Reply;
}
