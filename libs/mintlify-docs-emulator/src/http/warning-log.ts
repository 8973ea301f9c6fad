const MAX_KINDS = 10_000;

/**
 * Passes warnings on, each kind once: what many pages have is one line, with the first place.
 *
 * @example
 * const warnings = new WarningLog((text) => console.warn(text));
 * warnings.add('The icon "x" is not shown.');
 */
export class WarningLog {
  private readonly known = new Set<string>();

  constructor(private readonly write: (text: string) => void) {}

  /** @param message what is wrong. Two warnings with the same message are of one kind. */
  add(message: string, place?: { file: string; line?: number }): void {
    if (this.known.has(message) || this.known.size >= MAX_KINDS) return;
    this.known.add(message);
    const { file, line } = place ?? {};
    const at = [file, line].filter((part) => part !== undefined).join(':');
    this.write(at === '' ? message : `${at}: ${message}`);
  }
}
