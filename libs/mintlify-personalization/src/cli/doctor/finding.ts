/** What one check found. */
export interface Finding {
  /** A stable name, such as `open-redirect`. */
  readonly check: string;
  readonly state: 'good' | 'problem' | 'skipped';
  /** What was seen, or why the check could not be done. No key, token, cookie or claim. */
  readonly message: string;
  /** How to mend a problem. */
  readonly mend?: string;
}

export const good = (check: string, message: string): Finding => ({ check, state: 'good', message });

export const problem = (check: string, message: string, mend: string): Finding => ({
  check,
  state: 'problem',
  message,
  mend,
});

export const skipped = (check: string, message: string): Finding => ({ check, state: 'skipped', message });
