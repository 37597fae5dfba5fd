import { quotedName } from '../record-error.ts';

/** The parts of JSONata's errors that quote no value, unlike their message. */
interface ExpressionError {
  readonly code?: unknown;
  readonly position?: unknown;
  readonly token?: unknown;
}

/**
 * Says which error of JSONata it was, and where in the expression: `JSONata error T2001 at character
 * 12 near "+"`.
 */
export function expressionPlace(error: unknown): string {
  const { code, position, token } = Object(error) as ExpressionError;
  const parts = [
    typeof code === 'string' ? `JSONata error ${code}` : 'an unknown error',
    ...(typeof position === 'number' ? [`at character ${position}`] : []),
    ...(typeof token === 'string' ? [`near ${quotedName(token)}`] : []),
  ];
  return parts.join(' ');
}
