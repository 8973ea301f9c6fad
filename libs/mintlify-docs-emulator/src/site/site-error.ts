/** Where in the docs folder a fault lies. */
export interface SiteErrorLocation {
  /** Path inside the docs folder, such as `guides/quickstart.mdx`. */
  file: string;
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
}

/**
 * A fault in the docs folder that its writer can mend: a page that does not compile, or a docs.json that
 * cannot be read. The message begins with the location.
 *
 * @example
 * throw new SiteError({ file: 'docs.json' }, 'name is missing: give the name of the site.');
 */
export class SiteError extends Error {
  override readonly name = 'SiteError';

  constructor(
    readonly location: SiteErrorLocation,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${describeLocation(location)}: ${reason}`, options);
  }
}

function describeLocation({ file, line, column }: SiteErrorLocation): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}
