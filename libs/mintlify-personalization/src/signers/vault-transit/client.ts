import { isSecure } from '../../options/docs-url.js';
import { parseUrl } from '../../options/parse-url.js';
import { describeError, ServiceFailure } from '../service/service-failure.js';
import { invalidOptionError, requireString } from '../service/signer-options.js';

/** More than twice the response for a key with a hundred versions. */
const MAX_REPLY_BYTES = 262_144;
/** Only visible characters: `fetch` would quote any other token in its error. */
const TOKEN = /^[\x21-\x7e]+$/;
const FIXES: Record<number, string> = {
  400: 'Check keyName and keyVersion, and the minimum versions of the key.',
  403: 'Check the token, and that its policy allows "read" on keys/ and "update" on sign/ of this key.',
  404: 'Check mount, keyName and namespace.',
};

/** @internal A Vault or OpenBao server. */
export interface VaultServer {
  /** Checked by {@link parseVaultAddress}. */
  readonly address: URL;
  readonly token: string | (() => string | Promise<string>);
  readonly namespace: string | undefined;
  readonly fetch: typeof fetch;
}

/**
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function parseVaultAddress(address: unknown): URL {
  const text = requireString('address', address);
  const url = parseUrl(text);
  if (url === undefined)
    throw invalidOptionError('address', 'is not a URL, such as https://vault.foo.com:8200');
  if (!isSecure(url)) {
    throw invalidOptionError('address', 'must be https, or the token would be sent unencrypted');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalidOptionError('address', 'must not contain a user, a password, a query or a fragment');
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/**
 * Calls Vault's HTTP API once.
 *
 * @internal
 * @param path the path below `/v1/`
 * @param body sent as JSON by POST; without it, the call is a GET
 * @returns the `data` of the response
 * @throws ServiceFailure
 */
export async function callVault(
  { address, token, namespace, fetch }: VaultServer,
  path: string,
  body: object | undefined,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const headers = {
    'X-Vault-Token': await readToken(token),
    'X-Vault-Request': 'true',
    ...(namespace !== undefined && { 'X-Vault-Namespace': namespace }),
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
  };
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL(`v1/${path}`, address), {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A redirect would send the token to another host.
      redirect: 'manual',
      signal,
    });
    text = await readText(response);
  } catch (error) {
    const { cause } = Object(error) as { cause?: unknown };
    throw new ServiceFailure(`Vault could not be reached: ${describeError(cause ?? error)}.`, true);
  }
  if (response.status !== 200) throw statusFailure(response.status);
  return readData(text);
}

async function readToken(token: VaultServer['token']): Promise<string> {
  let value: unknown = token;
  if (typeof token === 'function') {
    try {
      value = await token();
    } catch (error) {
      throw new ServiceFailure(`The token function of the Vault signer threw ${describeError(error)}.`, true);
    }
  }
  if (typeof value === 'string' && TOKEN.test(value)) return value;
  throw new ServiceFailure('The Vault token is empty or has invalid characters.', false);
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > MAX_REPLY_BYTES) throw new RangeError('The reply is too long.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function statusFailure(status: number): ServiceFailure {
  if (status >= 300 && status < 400) {
    return new ServiceFailure(
      `Vault answered with a redirect (HTTP ${status}), which is not supported. Set address to the active node.`,
      false,
    );
  }
  // 412: a performance standby that does not know the token yet.
  const isTransient = status >= 500 || status === 429 || status === 412;
  const fix = FIXES[status];
  return new ServiceFailure(
    `Vault answered with HTTP ${status}.${fix === undefined ? '' : ` ${fix}`}`,
    isTransient,
  );
}

function readData(text: string): Record<string, unknown> {
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>;
  } catch {
    // The parser's error quotes the text.
  }
  throw new ServiceFailure('Vault answered with invalid JSON. Check that address is the Vault server.', true);
}
