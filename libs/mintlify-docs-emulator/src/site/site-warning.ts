/** Something in the docs folder that the emulator ignores or reads in another way. The site works without a fix. */
export interface SiteWarning {
  message: string;
  /** Path inside the docs folder. */
  file: string;
  /** Starts at 1. */
  line?: number;
}

/**
 * A warning in one line, its place first.
 *
 * @example
 * describeWarning({ file: 'docs.json', message: 'navigation.tab is not known. It is ignored.' });
 * // 'docs.json: navigation.tab is not known. It is ignored.'
 */
export function describeWarning({ file, line, message }: SiteWarning): string {
  return `${line === undefined ? file : `${file}:${line}`}: ${message}`;
}
