/**
 * Says whether a host is this machine itself, where plain `http` gives nothing away:
 * `localhost`, `127.0.0.0/8` and `[::1]`.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function parsedBase(text: string): URL | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || /[?#]/.test(text)) return null;
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

const written = ({ href }: URL): string => href.replace(/\/+$/, '');

/**
 * Gives a base URL, `http` or `https`, without a slash at its end. Null for anything else, and for a
 * URL with a user, a query or a fragment.
 */
export function baseUrl(text: string): string | null {
  const url = parsedBase(text);
  return url === null ? null : written(url);
}

/** Gives a base URL that credentials may go to: `https`, or `http` to this machine; else null. */
export function safeUrl(text: string): string | null {
  const url = parsedBase(text);
  if (url === null || (url.protocol === 'http:' && !isLoopback(url.hostname))) return null;
  return written(url);
}
