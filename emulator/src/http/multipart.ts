import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';

/** The parts of a multipart job. */
interface MultipartJob {
  /** The JSON of the part named `job`. */
  readonly job: string;
  /** The CSV of the part named `content`. */
  readonly content: string;
}

/**
 * Splits a multipart body into its parts ("Create a Job", multipart request, in the guide). The line break
 * before a delimiter belongs to the delimiter, not to the data. choice: multipart-framing.
 * @throws ApiError when a part is missing.
 */
export function readMultipart(request: ApiRequest, framing: 'crlf-and-lf' | 'crlf'): MultipartJob {
  const boundary = readBoundary(request.headers['content-type'] ?? '');
  const lineBreak = framing === 'crlf' ? '\r\n' : '\r?\n';
  const delimiter = new RegExp(
    `(?:^|${lineBreak})--${escapeRegExp(boundary)}(--)?[ \\t]*(?:${lineBreak}|$)`,
    'g',
  );
  const text = request.body.toString('utf8');
  const delimiters = [...text.matchAll(delimiter)];
  const parts = new Map<string, string>();
  for (const [index, match] of delimiters.entries()) {
    const next = delimiters[index + 1];
    if (match[1] === '--' || !next) break;
    const part = readPart(text.slice(match.index + match[0].length, next.index), lineBreak);
    parts.set(part.name, part.body);
  }
  const [job, content] = [parts.get('job'), parts.get('content')];
  if (delimiters.at(-1)?.[1] !== '--' || job === undefined || content === undefined) {
    throw malformed('A multipart job has a part named job and a part named content');
  }
  return { job, content };
}

function readBoundary(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed('The multipart boundary is missing');
  return boundary;
}

function readPart(text: string, lineBreak: string): { name: string; body: string } {
  const blankLine = new RegExp(`^(?:[^\\n]*\\n)*?(?=${lineBreak})${lineBreak}`);
  const head = blankLine.exec(text)?.[0] ?? text;
  const [, quoted, plain] = /form-data;[^\n]*?\bname=(?:"([^"]*)"|([^\s;]+))/i.exec(head) ?? [];
  return { name: quoted ?? plain ?? '', body: text.slice(head.length) };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function malformed(message: string): ApiError {
  return new ApiError(400, 'CLIENTINPUTERROR', `ClientInputError : ${message}`);
}
