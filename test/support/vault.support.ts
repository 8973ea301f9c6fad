import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { encodeDer, encodeJose, signDigest } from './ecdsa.support.js';
import { FaultyServer, type ReceivedRequest, type ServiceReply } from './faulty-server.support.js';
import type { KeyPair } from './keys.support.js';

export type VaultFault =
  | 'down'
  | 'sealed'
  | 'throttled'
  | 'behind'
  | 'denied'
  | 'redirect'
  | 'wrongKey'
  | 'wrongVersion'
  | 'malformed'
  | 'short'
  | 'missing'
  | 'long';

const STATUSES: Partial<Record<VaultFault, number>> = {
  down: 500,
  sealed: 503,
  throttled: 429,
  behind: 412,
  denied: 403,
};

/** Speaks the HTTP API of Vault's Transit engine, for the key `docs`, of which there are really versions. */
export class VaultServer extends FaultyServer<VaultFault> {
  token = 'hvs.topsecret-vault-token';
  namespace: string | undefined;
  mount = 'transit';
  readonly versions: KeyPair[] = [];
  readonly #otherKey: KeyObject;
  /** Written over the answer to "Read key". */
  description: Record<string, unknown> = {};

  constructor(readonly type: 'ecdsa-p256' | 'ed25519' = 'ecdsa-p256') {
    super();
    this.rotate();
    this.#otherKey = this.#generate().privateKey;
  }

  get signRequests(): ReceivedRequest[] {
    return this.requests.filter(({ method }) => method === 'POST');
  }

  rotate(): void {
    this.versions.push(this.#generate());
  }

  protected override answer(request: ReceivedRequest, fault: VaultFault | undefined): ServiceReply {
    const { headers, method, path, body } = request;
    const status = fault && STATUSES[fault];
    // A middleman's page may repeat what was sent.
    if (status !== undefined) return refuse(status, JSON.stringify({ headers, body }));
    if (fault === 'redirect')
      return { status: 307, headers: { location: `${this.url}/elsewhere` }, body: '' };
    if (fault === 'long') return reply({ filling: 'x'.repeat(1_000_000) });
    if (headers['x-vault-token'] !== this.token || headers['x-vault-namespace'] !== this.namespace) {
      return refuse(403, 'permission denied');
    }
    if (method === 'GET' && path === `/v1/${this.mount}/keys/docs`) return reply(this.#describeKey());
    const isEcdsa = this.type === 'ecdsa-p256';
    if (method === 'POST' && path === `/v1/${this.mount}/sign/docs${isEcdsa ? '/sha2-256' : ''}`) {
      return this.#sign(JSON.parse(body) as Record<string, unknown>, fault);
    }
    return refuse(404, 'no handler for route');
  }

  #describeKey(): object {
    const keys = this.versions.map(({ publicKey }, index) => [
      String(index + 1),
      {
        name: this.type === 'ed25519' ? 'ed25519' : 'P-256',
        public_key:
          this.type === 'ed25519'
            ? Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
            : publicKey.export({ format: 'pem', type: 'spki' }),
      },
    ]);
    return {
      type: this.type,
      derived: false,
      supports_signing: true,
      latest_version: this.versions.length,
      min_encryption_version: 0,
      keys: Object.fromEntries(keys) as object,
      ...this.description,
    };
  }

  #sign(input: Record<string, unknown>, fault: VaultFault | undefined): ServiceReply {
    const { key_version: version, prehashed, marshaling_algorithm: form, input: base64 } = input;
    const bytes = Buffer.from(String(base64), 'base64');
    const privateKey = fault === 'wrongKey' ? this.#otherKey : this.versions[Number(version) - 1]?.privateKey;
    const isFitting =
      this.type === 'ed25519' ? prehashed === false : prehashed === true && bytes.length === 32;
    if (privateKey === undefined || !isFitting || form !== 'jws') return refuse(400, 'invalid request');
    const signature = this.#signatureOf(bytes, privateKey, fault);
    const named = fault === 'wrongVersion' ? Number(version) + 1 : Number(version);
    return reply(
      fault === 'missing' ? {} : { signature: `vault:v${named}:${signature.toString('base64url')}` },
    );
  }

  #signatureOf(bytes: Buffer, privateKey: KeyObject, fault: VaultFault | undefined): Buffer {
    const whole =
      this.type === 'ed25519'
        ? sign(null, bytes, privateKey)
        : (fault === 'malformed' ? encodeDer : encodeJose)(signDigest(bytes, privateKey));
    return fault === 'short' ? whole.subarray(0, -1) : whole;
  }

  #generate(): KeyPair {
    return this.type === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }
}

function reply(data: object): ServiceReply {
  return { status: 200, body: JSON.stringify({ request_id: 'a', lease_id: '', data }) };
}

function refuse(status: number, error: string): ServiceReply {
  return { status, body: JSON.stringify({ errors: [error] }) };
}
