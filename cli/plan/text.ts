/** A whole number with separators. */
export function whole(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

/** Seconds of a day as `09:05`. */
export function timeOfDay(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A duration in the unit that a person would use: `97 s`, `24 min`, `5.2 h`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${whole(seconds)} s`;
  return seconds < 7200 ? `${whole(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** A share as `19 %`. */
export const percent = (share: number): string => `${whole(share * 100)} %`;

/** `$17.54`. */
export const dollars = (amount: number): string =>
  amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
