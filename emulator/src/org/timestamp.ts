/**
 * A dateTime as Salesforce prints it in JSON: `yyyy-MM-ddTHH:mm:ss.SSS+0000`. Milliseconds are
 * `000`, as in all recorded job replies.
 */
export function timestamp(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1000) * 1000;
  return new Date(seconds).toISOString().replace('Z', '+0000');
}
