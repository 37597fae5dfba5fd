import type { Org } from '../org/org.ts';
import { ApiError } from './api-error.ts';
import { type ApiRequest, bodyText } from './api-request.ts';

/** The error of a content type that is not documented. assumption: content-types. */
export function unsupportedMediaType(): ApiError {
  return new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content type not supported');
}

/**
 * The body as text. choice: compressed-requests.
 * @throws ApiError
 */
export function plainText(request: ApiRequest, org: Org): string {
  const compressed = request.headers['content-encoding'] !== undefined;
  const body =
    compressed && org.choices['compressed-requests'] === 'refuse' ? null : bodyText(request);
  if (body === null) throw unsupportedMediaType();
  return body;
}
