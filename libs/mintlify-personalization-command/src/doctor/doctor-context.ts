import type { DocsMode } from '../../../mintlify-personalization/src/ports/docs-site.js';
import type { Terminal } from '../terminal.js';
import type { PrivateDocsSite } from './private-docs/private-docs-site.js';

/** What the doctor is asked to look at. */
export interface DoctorContext {
  readonly terminal: Terminal;
  readonly mode: DocsMode;
  /** As it was given. */
  readonly docsUrl: string | undefined;
  /** The same; `undefined` also where it is no URL. */
  readonly docs: URL | undefined;
  /** The private key, where the environment or a file has it. */
  readonly key: string | undefined;
  /** Where that was looked for. */
  readonly keySource: string;
  /** The public half that the docs have (PEM), where it is known. */
  readonly publicKey: string | undefined;
  /** The route of the JWT handshakes. */
  readonly loginUrl: string | undefined;
  /** The route of the shared session. */
  readonly sessionUrl: string | undefined;
  /** The route of the OAuth handshake. */
  readonly oauthUrl: string | undefined;
  /** The headers of a visitor who is logged in. Empty: no one is. */
  readonly visitor: Readonly<Record<string, string>>;
  /** The origin of a single-page app that hands its visitors over. */
  readonly appOrigin: string | undefined;
  /** The access token of a visitor. */
  readonly accessToken: string | undefined;
  /** Private docs to look at from outside. */
  readonly site: PrivateDocsSite | undefined;
  readonly timeoutMs: number;
}
