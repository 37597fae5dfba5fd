import { playMatrix } from './play-matrix.ts';

playMatrix('deletes, job ledger, part 1 of 3');
