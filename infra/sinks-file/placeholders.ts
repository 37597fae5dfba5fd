import type { Path } from './document.ts';
import type { Issue } from './issues.ts';

/** A variable of Serverless Framework: `${env:NAME}`, `${ssm:/path}`, `${self:custom.x}`. */
const frameworkVariable = /\$\{\s*[a-zA-Z]\w*(?:\([^)]*\))?\s*[:,}]/;

/**
 * The variables of the framework in a sinks file. They are refused, because the file is read before
 * the framework runs: what is checked would not be what is deployed.
 */
export function frameworkVariables(content: unknown, path: Path = []): Issue[] {
  if (typeof content === 'string') {
    const [found] = frameworkVariable.exec(content) ?? [];
    if (found === undefined) return [];
    const says = `has ${found.replace(/[^}]$/, '$&…}')}, which is not resolved in a sinks file; write the value itself`;
    return [{ path, says }];
  }
  if (typeof content !== 'object' || content === null) return [];
  const entries = Array.isArray(content) ? [...content.entries()] : Object.entries(content);
  return entries.flatMap(([key, value]) => frameworkVariables(value, [...path, key]));
}
