import type { PlaygroundDisplay } from './playground-display.js';
import type { ChosenFile } from './request-body.js';

/** What a request is built from. The names are those of the operation; values are as typed, not encoded. */
export interface PlaygroundValues {
  /** Which server of the operation. */
  serverIndex: number;
  /** Which alternative of the operation's security; -1 for none. */
  securityIndex: number;
  /** Of the server's variables. */
  server: Record<string, string>;
  path: Record<string, string>;
  query: Record<string, string>;
  header: Record<string, string>;
  cookie: Record<string, string>;
  /** Of the body. */
  mediaType?: string;
  body?: string;
  /** Of a form, or the whole body. Absent: none. */
  files?: readonly ChosenFile[];
}

/** A request without any value. */
export const NO_VALUES: Readonly<PlaygroundValues> = {
  serverIndex: 0,
  securityIndex: 0,
  server: {},
  path: {},
  query: {},
  header: {},
  cookie: {},
};

/** What a page asks the relay to send. */
export interface RelayOrder {
  /** Path of the operation's page inside the docs. */
  page: string;
  values: PlaygroundValues;
}

/** What the API answered. */
export interface RelayedResponse {
  status: number;
  statusText: string;
  /** Without cookies and headers of the connection. */
  headers: [name: string, value: string][];
  /** Until the body was there, in milliseconds. */
  durationMs: number;
  /** Text; or base64 of what is no text. */
  body: { text: string } | { base64: string };
  /** The media type of the body, or `''`. */
  mediaType: string;
  /** Why the body is not complete. */
  cut?: 'size' | 'time';
}

/** The response of the relay: that of the API, or why there is none. */
export type RelayAnswer = { response: RelayedResponse } | { refusal: { code: string; message: string } };

/** How a page shows the playground: from its front matter, or `api.playground` of docs.json. */
export interface PlaygroundSettings {
  display: PlaygroundDisplay;
  /** The browser sends requests itself, so the API must allow CORS. Otherwise, the relay sends them. */
  isDirect: boolean;
  /** From `api.examples.prefill`: parameters are filled with the examples of the spec. */
  isPrefilled: boolean;
}

/** The header of the page's requests to the relay. Pages of other origins cannot set it without a preflight. */
export const RELAY_HEADER = 'x-docs-emulator';

/** The limits of a response that the playground shows. */
export interface ResponseLimits {
  /** From the start to the last byte, in milliseconds. */
  timeMs: number;
  /** Of the response body, unpacked, in bytes. */
  responseBytes: number;
}

/** What the playground waits for and shows. */
export const RESPONSE_LIMITS: Readonly<ResponseLimits> = { timeMs: 30_000, responseBytes: 2_097_152 };
