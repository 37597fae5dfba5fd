import { median } from './cpu.ts';

/** What a cold process of a built function takes, in milliseconds. */
export interface Cold {
  /** From its start to the creation of its job. */
  readonly createdMs: number;
  /** CPU of the process until the reply. */
  readonly replyMs: number;
}

/** The median of each figure. */
export const mediansOf = (processes: readonly Cold[]): Cold => ({
  createdMs: median(processes.map(({ createdMs }) => createdMs)),
  replyMs: median(processes.map(({ replyMs }) => replyMs)),
});
