/**
 * Says whether a host is this machine itself, where plain `http` gives nothing away:
 * `localhost`, `127.0.0.0/8` and `[::1]`.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Gives a base URL that credentials may go to, without a slash at its end: `https`, or `http` to
 * this machine. Null for anything else, and for a URL with a user, a query or a fragment.
 */
export function safeUrl(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || /[?#]/.test(text)) return null;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return safe ? url.href.replace(/\/+$/, '') : null;
}
