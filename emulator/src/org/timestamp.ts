/**
 * A point in time as Salesforce prints it in JSON: `yyyy-MM-ddTHH:mm:ss.SSS+0000`.
 * Recorded job replies always carry `.000`, so the milliseconds are cut off.
 */
export function timestamp(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1000) * 1000;
  return new Date(seconds).toISOString().replace('Z', '+0000');
}
