import { playMatrix } from './play-matrix.ts';

playMatrix('deletes, job ledger, part 2 of 3');
