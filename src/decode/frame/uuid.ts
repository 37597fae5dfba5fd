/** The text of the UUID in 16 bytes from `start`, in lower case. */
export function uuidText(bytes: Buffer, start: number): string {
  const digits = bytes.toString('hex', start, start + 16);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
