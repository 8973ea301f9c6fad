import type { BuildFailure } from 'esbuild';
import { isRecord } from '../shared/type-guards.js';

/** Tells whether an error comes from esbuild, and says what is wrong with the code. */
export function isBuildFailure(error: unknown): error is BuildFailure {
  return isRecord(error) && Array.isArray(error.errors);
}
