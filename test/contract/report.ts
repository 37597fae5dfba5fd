import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What became of a choice of the emulator. */
export interface ChoiceReport {
  readonly name: string;
  /** What the emulator does. */
  readonly chosen: string;
  /** What the org does; null: it was not asked. */
  readonly seen: string | null;
  /** Why it was not asked; null: it was. */
  readonly why: string | null;
}

declare module 'vitest' {
  interface TaskMeta {
    choice?: ChoiceReport;
  }
}

/** Prints, after the tests, which choices of the emulator held. */
export class ContractReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const reports = tests.flatMap((test: TestCase) => test.meta().choice ?? []);
    const target = modules[0]?.project.getProvidedContext().target;
    if (target && reports.length > 0) process.stdout.write(reportText(reports, target.url));
  }
}

/** The report: a line for each choice, then how many held. */
export function reportText(reports: readonly ChoiceReport[], url: string): string {
  const asked = reports.filter(({ seen }) => seen !== null);
  const held = asked.filter(({ seen, chosen }) => seen === chosen);
  const counts = [
    `${held.length} held`,
    `${asked.length - held.length} did not`,
    `${reports.length - asked.length} were not asked`,
  ];
  const lines = reports.map(reportLine).join('\n');
  return `\nChoices of the emulator, put to ${url}\n\n${lines}\n\n${counts.join(', ')}.\n`;
}

function reportLine({ name, chosen, seen, why }: ChoiceReport): string {
  const start = `${name.padEnd(28)}${chosen}`;
  if (seen === null) return `  ! ${start}: not asked. ${why}`;
  return seen === chosen ? `  ✓ ${start}` : `  ✗ ${start}: the org says ${seen}`;
}
