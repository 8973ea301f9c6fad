import { generateKeyPairSync, sign } from 'node:crypto';
import {
  CK,
  type Attribute,
  type Handle,
  type Pkcs11Module,
} from '../../libs/mintlify-personalization/src/signers/pkcs11/module.js';
import { encodeJose, signDigest } from './ecdsa.support.js';
import type { KeyPair } from './keys.support.js';

/** Return values of PKCS #11 that the code under test knows by their numbers. */
const CODES: Record<string, number> = {
  CKR_USER_ALREADY_LOGGED_IN: 0x100,
  CKR_CRYPTOKI_ALREADY_INITIALIZED: 0x191,
};

export const PIN = '1234-topsecret';
export const P256_PARAMETERS = Buffer.from('06082a8648ce3d030107', 'hex');
export const ED25519_PARAMETERS = Buffer.from('06032b6570', 'hex');

/** What a module may do instead of signing; a name that begins with CKR_ is returned. */
export type SigningFault = 'hang' | 'wrongKey' | 'short' | 'long' | `CKR_${string}`;

interface StoredObject {
  readonly attributes: Map<number, Buffer>;
  readonly pair: KeyPair;
}

/** As pkcs11js throws it, with what a message might carry along. */
const failure = (name: string): Error => Object.assign(new Error(name), { code: CODES[name] ?? 5 });

/**
 * A module with one token, as strict as the standard: a session does one thing at a time, keys are there after
 * the login, and a handle that was closed is no good.
 */
export class SimulatedModule implements Pkcs11Module {
  readonly objects: StoredObject[] = [];
  readonly tokenLabels = ['docs', 'other'];
  readonly logins: string[] = [];
  /** For the next signatures, one each; `undefined` is none. */
  nextFaults: (SigningFault | undefined)[] = [];
  fault: SigningFault | undefined;
  /** Thrown by the function of this name. */
  failing: Partial<Record<keyof Pkcs11Module, string>> = {};
  isInitialized = false;
  signatures = 0;
  maxAtOnce = 0;
  readonly sessions = new Map<number, { operation?: { mechanism: number; key: number } }>();
  readonly #otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  #isLoggedIn = false;
  #nextHandle = 1;
  #atOnce = 0;

  /** Puts a key pair into the token. */
  addKey(
    label: string,
    id: string,
    { curve = 'P-256', change = () => {} }: { curve?: string; change?: (pair: StoredObject[]) => void } = {},
  ): KeyPair {
    const isEd25519 = curve === 'Ed25519';
    const pair: KeyPair = isEd25519
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: curve });
    const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
    const coordinates = [x, y].map((part) => Buffer.from(part, 'base64url'));
    const point = isEd25519
      ? Buffer.concat([Buffer.of(4, 32), coordinates[0]!])
      : Buffer.concat([Buffer.of(4, 65, 4), ...coordinates]);
    const common: [number, Buffer][] = [
      [CK.CKA_LABEL, Buffer.from(label)],
      [CK.CKA_ID, Buffer.from(id, 'hex')],
      [CK.CKA_EC_PARAMS, isEd25519 ? ED25519_PARAMETERS : P256_PARAMETERS],
    ];
    const stored: StoredObject[] = [
      {
        pair,
        attributes: new Map([
          ...common,
          [CK.CKA_CLASS, Buffer.of(CK.CKO_PRIVATE_KEY)],
          [CK.CKA_SIGN, Buffer.of(1)],
        ]),
      },
      {
        pair,
        attributes: new Map([
          ...common,
          [CK.CKA_CLASS, Buffer.of(CK.CKO_PUBLIC_KEY)],
          [CK.CKA_EC_POINT, point],
        ]),
      },
    ];
    change(stored);
    this.objects.push(...stored);
    return pair;
  }

  /** What happens when a card is pulled, or another part of the process closes all sessions. */
  loseSessions(): void {
    this.sessions.clear();
    this.#isLoggedIn = false;
  }

  load(): void {
    this.#throwIfFailing('load');
  }

  C_Initialize({ flags }: { flags: number }): void {
    this.#throwIfFailing('C_Initialize');
    if (this.isInitialized) throw failure('CKR_CRYPTOKI_ALREADY_INITIALIZED');
    // Without it a module may be called on one thread alone.
    if ((flags & CK.CKF_OS_LOCKING_OK) === 0) throw failure('CKR_CANT_LOCK');
    this.isInitialized = true;
  }

  C_GetSlotList(): Handle[] {
    this.#throwIfFailing('C_GetSlotList');
    return this.tokenLabels.map((_, index) => toHandle(0x1_0000 + index));
  }

  C_GetTokenInfo(slot: Handle): { label: string } {
    return { label: (this.tokenLabels[fromHandle(slot) - 0x1_0000] ?? '').padEnd(32) };
  }

  C_OpenSession(): Handle {
    this.#throwIfFailing('C_OpenSession');
    const handle = this.#nextHandle++;
    this.sessions.set(handle, {});
    return toHandle(handle);
  }

  C_CloseSession(session: Handle): void {
    this.#throwIfFailing('C_CloseSession');
    if (!this.sessions.delete(fromHandle(session))) throw failure('CKR_SESSION_HANDLE_INVALID');
    if (this.sessions.size === 0) this.#isLoggedIn = false;
  }

  C_Login(session: Handle, _userType: number, pin: string): void {
    this.#sessionOf(session);
    if (this.#isLoggedIn) throw failure('CKR_USER_ALREADY_LOGGED_IN');
    this.logins.push(pin);
    if (pin !== PIN) throw failure('CKR_PIN_INCORRECT');
    this.#isLoggedIn = true;
  }

  #search: number[] = [];

  C_FindObjectsInit(session: Handle, template: Attribute[]): void {
    this.#sessionOf(session);
    if (!this.#isLoggedIn) throw failure('CKR_USER_NOT_LOGGED_IN');
    this.#search = [...this.objects.keys()].filter((index) =>
      template.every(({ type, value }) => this.objects[index]!.attributes.get(type)?.equals(toBytes(value))),
    );
  }

  C_FindObjects(_session: Handle, most: number): Handle[] {
    this.#throwIfFailing('C_FindObjects');
    return this.#search.slice(0, most).map((index) => toHandle(index + 1));
  }

  C_FindObjectsFinal(session: Handle): void {
    this.#sessionOf(session);
  }

  C_GetAttributeValue(session: Handle, object: Handle, [attribute]: Attribute[]): { value: Buffer }[] {
    this.#sessionOf(session);
    this.#throwIfFailing('C_GetAttributeValue');
    const value = this.objects[fromHandle(object) - 1]?.attributes.get(attribute!.type);
    if (value === undefined) throw failure('CKR_ATTRIBUTE_TYPE_INVALID');
    return [{ value }];
  }

  C_SignInit(session: Handle, { mechanism }: { mechanism: number }, key: Handle): void {
    const state = this.#sessionOf(session);
    if (state.operation !== undefined) throw failure('CKR_OPERATION_ACTIVE');
    state.operation = { mechanism, key: fromHandle(key) - 1 };
  }

  async C_SignAsync(session: Handle, input: Buffer, output: Buffer): Promise<Buffer> {
    const state = this.#sessionOf(session);
    const { mechanism, key } = state.operation!;
    const fault = this.nextFaults.length > 0 ? this.nextFaults.shift() : this.fault;
    this.signatures += 1;
    this.#atOnce += 1;
    this.maxAtOnce = Math.max(this.maxAtOnce, this.#atOnce);
    if (fault === 'hang') await new Promise(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    this.#atOnce -= 1;
    state.operation = undefined;
    if (fault?.startsWith('CKR_')) throw failure(fault);
    const { pair } = this.objects[key]!;
    const isEddsa = mechanism === CK.CKM_EDDSA;
    if (!isEddsa && (mechanism !== CK.CKM_ECDSA || input.length !== 32)) throw failure('CKR_DATA_LEN_RANGE');
    const signature = isEddsa
      ? sign(null, input, pair.privateKey)
      : encodeJose(signDigest(input, fault === 'wrongKey' ? this.#otherKey : pair.privateKey));
    signature.copy(output);
    return output.subarray(0, { short: 63, long: 65 }[String(fault)] ?? 64);
  }

  #sessionOf(session: Handle): { operation?: { mechanism: number; key: number } | undefined } {
    if (!this.isInitialized) throw failure('CKR_CRYPTOKI_NOT_INITIALIZED');
    const state = this.sessions.get(fromHandle(session));
    if (state === undefined) throw failure('CKR_SESSION_HANDLE_INVALID');
    return state;
  }

  #throwIfFailing(name: keyof Pkcs11Module): void {
    const fault = this.failing[name];
    if (fault !== undefined) throw failure(fault);
  }
}

function toHandle(number: number): Handle {
  const handle = Buffer.alloc(8);
  handle.writeUInt32LE(number);
  return handle;
}

function fromHandle(handle: Handle): number {
  return handle.readUInt32LE();
}

function toBytes(value: Attribute['value']): Buffer {
  return typeof value === 'number' ? Buffer.of(value) : Buffer.from(value as string | Buffer);
}
