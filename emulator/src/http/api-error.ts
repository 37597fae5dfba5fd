import { jsonReply, type Reply, withHeaders } from './reply.ts';

/** An error reply of Salesforce. */
export class ApiError extends Error {
  readonly status: number;
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

/** The resource, or the job, does not exist (recorded). */
export function notFound(): ApiError {
  return new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/**
 * The body of an error: an array of one object. Bulk resources put `errorCode` first, the core
 * REST API `message` (both recorded).
 */
export function errorReply(error: ApiError, shape: 'bulk' | 'rest'): Reply {
  const { errorCode, message } = error;
  const body = shape === 'bulk' ? { errorCode, message } : { message, errorCode };
  return jsonReply([body], error.status);
}

/** The session has expired or is invalid (recorded, with its header). */
export function sessionExpiredReply(): Reply {
  const error = new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return withHeaders(errorReply(error, 'rest'), { 'WWW-Authenticate': 'Token' });
}
