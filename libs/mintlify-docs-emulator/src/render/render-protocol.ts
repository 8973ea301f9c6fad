/** A page to render: a message to the rendering process. */
export interface RenderRequest {
  /** The page as a CommonJS module. */
  code: string;
  /** The `user` variable of each visitor. */
  contents: readonly Record<string, unknown>[];
}

/** Why a page throws, for each visitor in the order of the request; `null` if it does not. */
export type RenderResponse = { reasons: (string | null)[] } | { failure: string };
