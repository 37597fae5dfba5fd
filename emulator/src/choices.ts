import { callChoices } from './choice/call-choices.ts';
import type { Choice } from './choice/choice.ts';
import { fileChoices } from './choice/file-choices.ts';
import { jobChoices } from './choice/job-choices.ts';
import { recordChoices } from './choice/record-choices.ts';
import { resultsChoices } from './choice/results-choices.ts';
import { valueChoices } from './choice/value-choices.ts';

/**
 * Every behaviour of the emulator that rests on no documentation and no recording of a real org.
 * The README lists the same ones; a test holds both together.
 */
export const CHOICES = {
  ...jobChoices,
  ...fileChoices,
  ...recordChoices,
  ...valueChoices,
  ...resultsChoices,
  ...callChoices,
} as const satisfies Record<string, Choice>;

/** Name of a choice. */
export type ChoiceName = keyof typeof CHOICES;

/** An answer to every choice. */
export type Choices = { readonly [Name in ChoiceName]: (typeof CHOICES)[Name]['options'][number] };

/**
 * The defaults, with some answers replaced.
 * @throws Error for a choice or an answer that does not exist.
 */
export function makeChoices(answers: Readonly<Record<string, unknown>> = {}): Choices {
  const chosen: Record<string, string> = {};
  for (const [name, choice] of Object.entries<Choice>(CHOICES)) chosen[name] = choice.options[0];
  for (const [name, answer] of Object.entries(answers)) {
    const choice = Object.entries<Choice>(CHOICES).find(([known]) => known === name)?.[1];
    if (!choice) throw new Error(`There is no choice named ${name}`);
    if (typeof answer !== 'string' || !choice.options.includes(answer)) {
      throw new Error(`The choice ${name} takes ${choice.options.join(' or ')}`);
    }
    chosen[name] = answer;
  }
  return chosen as Choices;
}
