import { playMatrix } from './play-matrix.ts';

playMatrix('job ledger');
