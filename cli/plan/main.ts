// Simulates a day of a sink, its limits and its cost: npm run plan -- --rate 500 --bytes 400
import { runHere } from '../command.ts';
import { runPlan } from './run.ts';

await runHere(runPlan);
