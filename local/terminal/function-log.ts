/** A line of the function's log: its message and the fields beside it. */
export interface LogLine {
  message: string;
  fields: Readonly<Record<string, unknown>>;
}

/** Reads a line of the function's JSON log; null for any other text. */
export function readLogLine(text: string): LogLine | null {
  if (!text.startsWith('{')) return null;
  try {
    const { message, ...fields } = JSON.parse(text) as Record<string, unknown>;
    return typeof message === 'string' ? { message, fields } : null;
  } catch {
    return null;
  }
}

/** Whether a line is in the embedded metric format, for CloudWatch only. */
export function isMetricsLine(text: string): boolean {
  return text.startsWith('{"_aws":');
}
