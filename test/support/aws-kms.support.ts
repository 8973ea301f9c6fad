import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { encodeDer, encodeJose, signDigest } from './ecdsa.support.js';
import { FaultyServer, type ReceivedRequest, type ServiceReply } from './faulty-server.support.js';
import type { KeyPair } from './keys.support.js';

// The installed SDK supports Node 20; its warning about later versions would only fill the output of the tests.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

export type KmsFault =
  | 'down'
  | 'throttled'
  | 'busy'
  | 'denied'
  | 'disabled'
  | 'skewed'
  | 'wrongKey'
  | 'malformed'
  | 'short'
  | 'missing';

export const KMS_CREDENTIALS = {
  accessKeyId: 'AKIATOPSECRETID',
  secretAccessKey: 'topsecret-access-key',
  sessionToken: 'topsecret-session-token',
};

/** Its ARN is what GetPublicKey names, whatever alias it was asked for. */
export const KMS_KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0d990263-018e-4e65-a703-eff731de951e';

const EXCEPTIONS: Partial<Record<KmsFault, [status: number, name: string]>> = {
  down: [500, 'KMSInternalException'],
  throttled: [400, 'ThrottlingException'],
  // As a gateway in between says it.
  busy: [429, 'UnknownError'],
  denied: [400, 'AccessDeniedException'],
  disabled: [400, 'DisabledException'],
  skewed: [400, 'InvalidSignatureException'],
};

const MAX_MESSAGE_BYTES = 4_096;

/** Speaks AWS's JSON 1.1 protocol, for one key that is really there. */
export class KmsServer extends FaultyServer<KmsFault> {
  keyPair: KeyPair;
  readonly #otherKey: KeyObject;
  readonly isEcdsa: boolean;
  /** Written over the answer to GetPublicKey. */
  description: Record<string, unknown> = {};

  constructor(curve: 'P-256' | 'Ed25519' = 'P-256') {
    super();
    this.isEcdsa = curve === 'P-256';
    const generate = (): KeyPair =>
      this.isEcdsa ? generateKeyPairSync('ec', { namedCurve: curve }) : generateKeyPairSync('ed25519');
    this.keyPair = generate();
    this.#otherKey = generate().privateKey;
  }

  get signRequests(): ReceivedRequest[] {
    return this.requests.filter(({ headers }) => headers['x-amz-target'] === 'TrentService.Sign');
  }

  protected override answer(request: ReceivedRequest, fault: KmsFault | undefined): ServiceReply {
    const { headers, body } = request;
    if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=AKIATOPSECRETID/')) {
      return exception(400, 'MissingAuthenticationTokenException', '');
    }
    const [status, name] = (fault && EXCEPTIONS[fault]) ?? [];
    // Some services of AWS repeat the signed request, and with it the session token.
    if (status !== undefined) return exception(status, String(name), JSON.stringify({ headers, body }));
    const input = JSON.parse(body) as Record<string, string>;
    const target = headers['x-amz-target'];
    if (target === 'TrentService.GetPublicKey') return reply(200, this.#describeKey());
    if (target === 'TrentService.Sign') return this.#sign(input, fault);
    return exception(400, 'UnknownOperationException', '');
  }

  #describeKey(): object {
    const spki = this.keyPair.publicKey.export({ format: 'der', type: 'spki' });
    return {
      KeyId: KMS_KEY_ARN,
      KeySpec: this.isEcdsa ? 'ECC_NIST_P256' : 'ECC_NIST_EDWARDS25519',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: this.isEcdsa ? ['ECDSA_SHA_256'] : ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
      PublicKey: spki.toString('base64'),
      ...this.description,
    };
  }

  #sign(input: Record<string, string>, fault: KmsFault | undefined): ServiceReply {
    const { KeyId, Message = '', MessageType, SigningAlgorithm } = input;
    const message = Buffer.from(Message, 'base64');
    const isFitting = this.isEcdsa
      ? SigningAlgorithm === 'ECDSA_SHA_256' && MessageType === 'DIGEST' && message.length === 32
      : SigningAlgorithm === 'ED25519_SHA_512' &&
        MessageType === 'RAW' &&
        message.length <= MAX_MESSAGE_BYTES;
    if (KeyId !== KMS_KEY_ARN || !isFitting) return exception(400, 'ValidationException', '');
    const privateKey = fault === 'wrongKey' ? this.#otherKey : this.keyPair.privateKey;
    const signature = this.#signatureOf(message, privateKey, fault);
    return reply(200, {
      KeyId,
      SigningAlgorithm,
      ...(fault !== 'missing' && { Signature: signature.toString('base64') }),
    });
  }

  #signatureOf(message: Buffer, privateKey: KeyObject, fault: KmsFault | undefined): Buffer {
    const whole = this.isEcdsa
      ? // As r‖s it is a true signature, and yet not what KMS gives.
        (fault === 'malformed' ? encodeJose : encodeDer)(signDigest(message, privateKey))
      : sign(null, message, privateKey);
    if (fault === 'malformed' && !this.isEcdsa) return Buffer.concat([whole, Buffer.of(0)]);
    return fault === 'short' ? whole.subarray(0, -1) : whole;
  }
}

function reply(status: number, body: object): ServiceReply {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

function exception(status: number, name: string, message: string): ServiceReply {
  return reply(status, { __type: `com.amazonaws.kms#${name}`, message });
}
