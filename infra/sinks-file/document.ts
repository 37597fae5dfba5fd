import { LineCounter, parseDocument } from 'yaml';

/** The path of a value in a sinks file, such as `['sinks', 'contacts', 'topic']`. */
export type Path = readonly (string | number)[];

/** A parsed YAML file with positions. */
export interface YamlDocument {
  readonly content: unknown;
  /** YAML errors; empty if there are none. */
  readonly errors: readonly { readonly line: number; readonly says: string }[];
  /** The line of the value at `path`, or of its nearest ancestor. */
  lineOf(path: Path): number;
}

/** What an error of YAML is called here, by its code; takes the text from where it is. */
const ownWords: Readonly<Record<string, (rest: string) => string>> = {
  MULTIPLE_DOCS: () => 'a second document begins; a sinks file is one document',
  DUPLICATE_KEY: (rest) => `${keyAt(rest)} is given twice; leave out one`,
};

/** The key at the beginning of a text, with its quotes. */
function keyAt(rest: string): string {
  const [key = 'a key'] = /^(?:"[^"\n]*"|'[^'\n]*'|[^:\n]+)/.exec(rest) ?? [];
  return key.trim();
}

const tooManyAliases =
  'aliases (*name) repeat too much of the file; put what sinks have in common under shared';

/** Aliases of aliases could make a small file fill the memory; the parser counts them. */
function contentOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return tooManyAliases;
    throw error;
  }
}

/** Parses YAML. Never throws for its content; duplicate keys are errors. */
export function readYaml(source: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const errors = document.errors.map(({ code, pos, message }) => ({
    line: lineAt(pos[0]),
    says: ownWords[code]?.(source.slice(pos[0])) ?? message.split(/ at line |\n/)[0] ?? message,
  }));
  const content = errors.length > 0 ? null : contentOf(document);
  return {
    content: content === tooManyAliases ? null : content,
    errors: content === tooManyAliases ? [{ line: 1, says: tooManyAliases }] : errors,
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true);
        const range = (node as { range?: [number, number, number] } | undefined)?.range;
        if (range) return lineAt(range[0]);
      }
      return 1;
    },
  };
}
