import { type Emulator, type EmulatorOptions, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeEach } from 'vitest';

/** Starts an emulator for the tests of a file, and resets it before each of them. */
export async function useEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());
  return emulator;
}
