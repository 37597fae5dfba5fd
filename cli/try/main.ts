// Shows what records become, without writing them: npm run try -- --transform '…' < records.jsonl
import { runHere } from '../command.ts';
import { runTry } from './run.ts';

await runHere(runTry);
