/** A page to render: a message to the rendering process. */
export interface RenderRequest {
  /** The page as a CommonJS module. */
  code: string;
  /** The `user` variable of each visitor. */
  contents: readonly Record<string, unknown>[];
  /** Also returns what the page shows. */
  wantsText?: boolean;
}

/** A `{…}` of a page that reads `user`, and what it shows. */
export interface UserPlaceText {
  /** As the page has it: `user.firstName`. */
  source: string;
  /** What a reader sees there; empty for nothing. */
  text: string;
}

/** A page as one visitor sees it. */
export interface RenderedView {
  /** Why it throws; `null` if it does not. */
  reason: string | null;
  /** What it shows, if that was asked for. */
  text?: string;
  /** In the order in which the page shows them. */
  places?: UserPlaceText[];
}

/** A page for each visitor, in the order of the request. */
export type RenderResponse = { views: RenderedView[] } | { failure: string };
