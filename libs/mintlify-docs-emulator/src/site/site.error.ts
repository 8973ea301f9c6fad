/** Where in the docs folder a fault lies. */
export interface SiteErrorPlace {
  /** Path inside the docs folder, such as `guides/quickstart.mdx`. */
  file: string;
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
}

/**
 * A fault in the docs folder that its writer can mend: a page that does not compile, or a docs.json that
 * cannot be read. The message begins with the place.
 *
 * @example
 * throw new SiteError({ file: 'docs.json' }, 'name is missing: give the name of the site.');
 */
export class SiteError extends Error {
  override readonly name = 'SiteError';

  constructor(
    readonly place: SiteErrorPlace,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${describePlace(place)}: ${reason}`, options);
  }
}

function describePlace({ file, line, column }: SiteErrorPlace): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}
