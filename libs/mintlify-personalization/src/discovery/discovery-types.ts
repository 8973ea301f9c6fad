/** What a visitor searches for. The groups are not part of it: they come from the claim mapper. */
export interface DocsSearch {
  /** 1 to 1,000 characters. */
  query: string;
  /** Whole number, 1 to 50. Default 10, set by the API. */
  pageSize?: number;
  /** 0 to 1: the least relevance of a result. Default: all results. */
  scoreThreshold?: number;
  filter?: DocsSearchFilter;
}

/** Narrows a search. Each has 1 to 200 characters. */
export interface DocsSearchFilter {
  version?: string;
  language?: string;
  tag?: string;
}

/** One result of a search. */
export interface DocsSearchResult {
  /** The passage that was found. */
  readonly content: string;
  /** The path of the page, or its URL. */
  readonly path: string;
  /** What the API says beyond that, such as the title. Empty if it says nothing. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The text of one page. */
export interface DocsPage {
  readonly path: string;
  readonly content: string;
}

/** One message of a conversation, in the format of the AI SDK, version 5 and later. */
export interface DocsMessage {
  /** 1 to 200 characters. */
  id: string;
  /** Not `system`: only you may instruct the assistant, in the dashboard. */
  role: 'user' | 'assistant';
  /** 1 to 100 parts, each with a `type`, such as `{ type: 'text', text: 'How do I start?' }`. */
  parts: readonly DocsMessagePart[];
}

/** A part of a message. Fields depend on its type. */
export interface DocsMessagePart {
  type: string;
  [field: string]: unknown;
}

/** What the visitor sees while asking. */
export interface DocsQuestionContext {
  type: 'code' | 'textSelection';
  value: string;
  path?: string;
  elementId?: string;
}

/** A question for the assistant, with the conversation so far. */
export interface DocsQuestion {
  /** 1 to 100 messages, the oldest first. */
  messages: readonly DocsMessage[];
  /** Continues a thread: from `headers` of the answer before. */
  threadId?: string;
  /** The key of that thread, from `headers` of its first answer. */
  threadKey?: string;
  /** Whole number, 1 to 50: how many results the answer is made of. Default 5, set by the API. */
  retrievalPageSize?: number;
  filter?: Pick<DocsSearchFilter, 'version' | 'language'>;
  /** At most 20. */
  context?: readonly DocsQuestionContext[];
  /** The path of the page that the visitor is reading, at most 200 characters. */
  currentPath?: string;
}

/** The assistant's answer, while it is written. */
export interface DocsAnswer {
  /** `text/event-stream`, `application/json` or `text/plain`, with its charset. */
  readonly contentType: string;
  /** Headers for the page: `x-thread-id`, `x-thread-key` and the version of the stream's format, if there are any. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The bytes, as they come. Read it to its end, or cancel it. It fails with a `MintlifyPersonalizationError` if the answer
   * is cut, too long or too slow.
   */
  readonly stream: ReadableStream<Uint8Array>;
}

/** The third argument of each method of `DocsDiscoveryService`. */
export interface DocsDiscoveryCall {
  /** The request, for the tenant resolver and the claim mapper. */
  request?: unknown;
  /** Aborts the call, for example because the visitor has left. */
  signal?: AbortSignal;
}
