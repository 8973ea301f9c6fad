/** What of private docs is looked at. */
export interface PrivateDocsSite {
  readonly url: URL;
  /** The docs folder, as it was given. */
  readonly folder: string;
  /** The headers of a visitor who is logged in to the docs. Empty: no one is. */
  readonly visitor: Readonly<Record<string, string>>;
  /** The groups of that visitor. */
  readonly groups: readonly string[] | undefined;
}
