import { playMatrix } from './play-matrix.ts';

playMatrix('deletes, job ledger');
