import { playMatrix } from './play-matrix.ts';

playMatrix('record id, three calls', 'record id, one call');
