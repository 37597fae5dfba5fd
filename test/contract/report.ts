import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** How an org answered a question about a choice or an assumption of the emulator. */
export interface Answer {
  readonly name: string;
  /** What the emulator does. */
  readonly expected: string;
  /** What the org does; null: it was not asked. */
  readonly seen: string | null;
  /** Why it was not asked; null: it was. */
  readonly why: string | null;
}

declare module 'vitest' {
  interface TaskMeta {
    answer?: Answer;
  }
}

/** Prints, after the tests, which choices and assumptions of the emulator held. */
export class ContractReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const answers = tests.flatMap((test: TestCase) => test.meta().answer ?? []);
    const target = modules[0]?.project.getProvidedContext().target;
    if (target && answers.length > 0) process.stdout.write(reportText(answers, target.url));
  }
}

/** The report: a line for each answer, then how many held. */
export function reportText(answers: readonly Answer[], url: string): string {
  const asked = answers.filter(({ seen }) => seen !== null);
  const held = asked.filter(({ seen, expected }) => seen === expected);
  const counts = [
    `${held.length} held`,
    `${asked.length - held.length} did not`,
    `${answers.length - asked.length} were not asked`,
  ];
  const lines = answers.map(reportLine).join('\n');
  return `\nChoices and assumptions of the emulator, checked at ${url}\n\n${lines}\n\n${counts.join(', ')}.\n`;
}

function reportLine({ name, expected, seen, why }: Answer): string {
  const start = `${name.padEnd(28)}${expected}`;
  if (seen === null) return `  ! ${start}: not asked. ${why}`;
  return seen === expected ? `  ✓ ${start}` : `  ✗ ${start}: the org says ${seen}`;
}
