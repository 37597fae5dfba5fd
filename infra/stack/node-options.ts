/**
 * Node's options for a function with this much memory, in MB. Lambda's own start script gives the old
 * generation nine tenths of the memory too, but a young generation so large that a warm function needs
 * half as much memory again, at the same CPU (docs/PERFORMANCE.md). It leaves both alone if one of
 * them is given.
 */
export const nodeOptions = (memory: number): string =>
  [
    '--enable-source-maps',
    '--max-semi-space-size=8',
    `--max-old-space-size=${Math.floor(memory * 0.9)}`,
  ].join(' ');
