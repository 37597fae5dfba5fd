import { playMatrix } from './play-matrix.ts';

playMatrix('deletes, job ledger, part 3 of 3');
