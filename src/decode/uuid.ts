/** The text of the UUID in the 16 bytes from `start`, in lower case. */
export function uuidText(bytes: Buffer, start = 0): string {
  const digits = bytes.toString('hex', start, start + 16);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
