import { callChoices } from './choice/call-choices.ts';
import type { Choice } from './choice/choice.ts';
import { fileChoices } from './choice/file-choices.ts';
import { jobChoices } from './choice/job-choices.ts';
import { queryChoices } from './choice/query-choices.ts';
import { recordChoices } from './choice/record-choices.ts';
import { resultsChoices } from './choice/results-choices.ts';
import { valueChoices } from './choice/value-choices.ts';

/** Every undocumented behaviour that has options; the README lists the same ones. */
export const CHOICES = {
  ...jobChoices,
  ...fileChoices,
  ...recordChoices,
  ...valueChoices,
  ...resultsChoices,
  ...queryChoices,
  ...callChoices,
} as const satisfies Record<string, Choice>;

/** Name of a choice. */
export type ChoiceName = keyof typeof CHOICES;

/** The chosen option of every choice. */
export type Choices = { readonly [Name in ChoiceName]: (typeof CHOICES)[Name]['options'][number] };

/**
 * The default options, with some replaced.
 * @throws Error for a choice or an option that does not exist.
 */
export function makeChoices(options: Readonly<Record<string, unknown>> = {}): Choices {
  const chosen: Record<string, string> = {};
  for (const [name, choice] of Object.entries<Choice>(CHOICES)) chosen[name] = choice.options[0];
  for (const [name, option] of Object.entries(options)) {
    const choice = Object.entries<Choice>(CHOICES).find(([known]) => known === name)?.[1];
    if (!choice) throw new Error(`There is no choice named ${name}`);
    if (typeof option !== 'string' || !choice.options.includes(option)) {
      throw new Error(`The choice ${name} takes ${choice.options.join(' or ')}`);
    }
    chosen[name] = option;
  }
  return chosen as Choices;
}
