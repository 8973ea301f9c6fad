import type * as OAuth from 'oauth4webapi';
import { parseUrl } from '../options/parse-url.js';
import { missingPackageError } from '../options/optional-package.js';
import { MintlifyPersonalizationError } from '../errors.js';
import type { PlaygroundKey } from '../ports/playground-key.js';

/** The field of the playground that a token fills. */
export interface TokenField {
  readonly in: PlaygroundKey['in'];
  readonly name: string;
  /** What stands before the token, such as `'Bearer '`. Default: nothing. */
  readonly prefix?: string;
}

/** The OAuth server that gives the tokens, and this app's client there. */
export interface TokenEndpointOptions {
  /** The URL of the token endpoint: `https:`, or `http:` on this machine. */
  readonly tokenEndpoint: string;
  /**
   * The URL at which tokens are revoked (RFC 7009). Without it, a token works until it expires, after a logout too.
   */
  readonly revocationEndpoint?: string;
  readonly clientId: string;
  /** Sent by HTTP Basic (RFC 6749, section 2.3.1). */
  readonly clientSecret: string;
  /** The API that the token is for, in the parameter `audience`. */
  readonly audience?: string;
  /** The API that the token is for, in the parameter `resource` (RFC 8707): an absolute URL. */
  readonly resource?: string;
  /**
   * The field of the playground. Default: the header `Authorization`, with `Bearer ` before the token.
   */
  readonly field?: TokenField;
  /** Whole seconds: the lifetime of a token whose server does not send `expires_in`. Default: that is an error. */
  readonly lifetimeSeconds?: number;
}

const BEARER: TokenField = { in: 'header', name: 'Authorization', prefix: 'Bearer ' };
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Asks a token endpoint for tokens, and revokes them.
 *
 * @internal
 */
export class TokenEndpoint {
  readonly #options: TokenEndpointOptions;

  /** @param where for messages: the class whose options these are */
  constructor(where: string, options: TokenEndpointOptions) {
    assertText(where, 'clientId', options.clientId);
    assertText(where, 'clientSecret', options.clientSecret);
    assertUrl(where, 'tokenEndpoint', options.tokenEndpoint);
    if (options.revocationEndpoint !== undefined)
      assertUrl(where, 'revocationEndpoint', options.revocationEndpoint);
    this.#options = { ...options };
  }

  get canRevoke(): boolean {
    return this.#options.revocationEndpoint !== undefined;
  }

  /** Requests a token with a grant, and returns it as a key. */
  async request(
    grantType: string,
    parameters: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
  ): Promise<PlaygroundKey> {
    const oauth = await loadOAuth();
    const { audience, resource, field = BEARER, lifetimeSeconds } = this.#options;
    const given = Object.entries({ audience, resource, ...parameters }).filter(
      (entry) => entry[1] !== undefined,
    );
    const response = await oauth.genericTokenEndpointRequest(
      this.#server,
      this.#client,
      oauth.ClientSecretBasic(this.#options.clientSecret),
      grantType,
      new URLSearchParams(given as [string, string][]),
      this.#requestOptions(oauth, this.#options.tokenEndpoint, signal),
    );
    const { access_token: token, expires_in: expiresIn = lifetimeSeconds } =
      await oauth.processGenericTokenEndpointResponse(this.#server, this.#client, response);
    if (expiresIn === undefined) {
      throw optionError(
        'lifetimeSeconds',
        'is not set, and the token endpoint sends no expires_in',
        'Set it.',
      );
    }
    const expiresAt = Math.floor(Date.now() / 1_000) + Math.floor(expiresIn);
    return { in: field.in, name: field.name, value: `${field.prefix ?? ''}${token}`, expiresAt };
  }

  /** Revokes the token of a key. */
  async revoke({ value }: PlaygroundKey, signal: AbortSignal): Promise<void> {
    const { revocationEndpoint, clientSecret, field = BEARER } = this.#options;
    if (revocationEndpoint === undefined) return;
    const oauth = await loadOAuth();
    const response = await oauth.revocationRequest(
      this.#server,
      this.#client,
      oauth.ClientSecretBasic(clientSecret),
      value.slice(field.prefix?.length ?? 0),
      this.#requestOptions(oauth, revocationEndpoint, signal),
    );
    await oauth.processRevocationResponse(response);
  }

  get #server(): OAuth.AuthorizationServer {
    const { tokenEndpoint, revocationEndpoint } = this.#options;
    return {
      // Not sent, and not in the answers that are read.
      issuer: new URL(tokenEndpoint).origin,
      token_endpoint: tokenEndpoint,
      ...(revocationEndpoint !== undefined && { revocation_endpoint: revocationEndpoint }),
    };
  }

  get #client(): OAuth.Client {
    return { client_id: this.#options.clientId };
  }

  #requestOptions(oauth: typeof OAuth, endpoint: string, signal: AbortSignal) {
    return {
      signal,
      // The options only allow it on this machine.
      [oauth.allowInsecureRequests]: new URL(endpoint).protocol === 'http:',
    };
  }
}

function assertText(where: string, name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw optionError(`${where}: ${name}`, 'must be a non-empty string', 'Set it.');
}

function assertUrl(where: string, name: string, value: unknown): void {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (isSecure && url?.username === '' && url.password === '') return;
  throw optionError(
    `${where}: ${name}`,
    'must be an https URL without credentials',
    'Set it to the URL that the discovery document of your OAuth server names.',
  );
}

function optionError(option: string, problem: string, fix: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `${option} ${problem}. ${fix}`);
}

async function loadOAuth(): Promise<typeof OAuth> {
  try {
    return await import('oauth4webapi');
  } catch (cause) {
    throw missingPackageError('oauth4webapi', 'nestjs-mintlify-personalization/playground-keys', cause);
  }
}
