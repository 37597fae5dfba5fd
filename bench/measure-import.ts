// Measures the import of the built function in a fresh process; prints JSON.
const begin = performance.now();
await import(new URL('../dist/sink.mjs', import.meta.url).href);
console.log(JSON.stringify({ importMs: performance.now() - begin }));
process.exit(0);
