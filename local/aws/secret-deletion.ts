import { z } from 'zod';
import { AwsError } from './aws-error.ts';

/** What of a secret says that it is to be deleted. */
export interface Deletable {
  /** When it will be deleted, in seconds since 1970; null: it is kept. */
  deletedAt: number | null;
}

const day = 86_400;

/** The input of DeleteSecret, beside the name. */
export const deletion = {
  RecoveryWindowInDays: z.int().min(7).max(30).optional(),
  ForceDeleteWithoutRecovery: z.boolean().optional(),
};

/** A deletion is forced or has a recovery window. Source: API reference, DeleteSecret. */
export const hasOneEnd = (input: {
  readonly RecoveryWindowInDays?: number | undefined;
  readonly ForceDeleteWithoutRecovery?: boolean | undefined;
}): boolean =>
  input.ForceDeleteWithoutRecovery !== true || input.RecoveryWindowInDays === undefined;

/** What an input with both lacks. */
export const oneEnd =
  "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.";

/** Refuses what a secret that is marked for deletion cannot do. Throws `InvalidRequestException`. */
export function refuseDeleted({ deletedAt }: Deletable): void {
  if (deletedAt === null) return;
  throw new AwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}

/** When a secret that is deleted now is gone, in seconds since 1970; after 30 days by default. */
export function endOf(nowMs: number, days = 30): number {
  return nowMs / 1000 + days * day;
}
