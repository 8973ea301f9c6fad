/** The location of an error in the docs folder. */
export interface SiteErrorLocation {
  /** Path inside the docs folder, such as `guides/quickstart.mdx`. */
  file: string;
  /** Starts at 1. */
  line?: number;
  /** Starts at 1. */
  column?: number;
}

/**
 * An error in the docs folder that the author can fix: a page that does not compile, or an invalid docs.json.
 * The message begins with the location.
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
