/** What one check found. */
export interface Finding {
  /** A stable name, such as `open-redirect`. */
  readonly check: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** What was seen, or why the check could not be done. No key, token, cookie or claim. */
  readonly message: string;
  /** How to fix what failed. */
  readonly fix?: string;
}

export const pass = (check: string, message: string): Finding => ({ check, state: 'passed', message });

export const fail = (check: string, message: string, fix: string): Finding => ({
  check,
  state: 'failed',
  message,
  fix,
});

export const skip = (check: string, message: string): Finding => ({ check, state: 'skipped', message });
