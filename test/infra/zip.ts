import { readFile } from 'node:fs/promises';

const entry = Buffer.from('PK\u0001\u0002');

/** The names in a zip's central directory, in order (PKWARE APPNOTE, 4.3.12). */
export async function zipNames(path: string): Promise<string[]> {
  const zip = await readFile(path);
  const names: string[] = [];
  for (let at = zip.indexOf(entry); at !== -1; at = zip.indexOf(entry, at + 1)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}
