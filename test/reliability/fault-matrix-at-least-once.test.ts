import { playMatrix } from './play-matrix.ts';

playMatrix('at least once, three calls', 'at least once, one call');
