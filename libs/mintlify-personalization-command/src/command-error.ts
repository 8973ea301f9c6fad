/** How a command ends, for scripts and CI. */
export const EXIT_CODE = {
  /** All is well. */
  good: 0,
  /** The command did what it was asked, and found something wrong. */
  found: 1,
  /** The command could not do what it was asked: the message says why. */
  failed: 2,
} as const;

/** A command that cannot go on: says why, and how to fix it, in a sentence. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
