import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createPkcs11TokenSigner,
  type Pkcs11TokenSignerOptions,
  type RemoteTokenSigner,
} from 'nestjs-mintlify-personalization/pkcs11';
import {
  CK,
  loadPkcs11,
  type Attribute,
  type Handle,
  type Pkcs11Module,
} from '../../libs/mintlify-personalization/src/signers/pkcs11/module.js';
import { errorOf } from '../support/modules.support.js';
import { inspectAll, signAndVerify, signingInputOf } from '../support/remote-signers.support.js';

/** The parts of pkcs11js that these tests need and the library does not use. */
interface WritableModule extends Pkcs11Module {
  C_GenerateKeyPair(
    session: Handle,
    mechanism: { mechanism: number },
    publicTemplate: Attribute[],
    privateTemplate: Attribute[],
  ): { publicKey: Handle; privateKey: Handle };
  C_DestroyObject(session: Handle, object: Handle): void;
  C_CloseAllSessions(slot: Handle): void;
  C_Finalize(): void;
}

const CKF_RW_SESSION = 0x02;
const CKA_TOKEN = 0x01;
const CKA_PRIVATE = 0x02;
const CKA_VERIFY = 0x10a;
const GENERATE = {
  'P-256': { mechanism: 0x1040, parameters: '06082a8648ce3d030107' },
  'P-384': { mechanism: 0x1040, parameters: '06052b81040022' },
  Ed25519: { mechanism: 0x1055, parameters: '06032b6570' },
} as const;

let module: WritableModule;
let slot: Handle;
let session: Handle;

/** Generates a key pair inside the token, like the tools of a user. */
function generate(
  label: string,
  id: string,
  { curve = 'P-256', maySign = true }: { curve?: keyof typeof GENERATE; maySign?: boolean } = {},
): { publicKey: Handle; privateKey: Handle } {
  const { mechanism, parameters } = GENERATE[curve];
  const common: Attribute[] = [
    { type: CKA_TOKEN, value: true },
    { type: CK.CKA_LABEL, value: label },
    { type: CK.CKA_ID, value: Buffer.from(id, 'hex') },
  ];
  return module.C_GenerateKeyPair(
    session,
    { mechanism },
    [
      ...common,
      { type: CKA_VERIFY, value: true },
      { type: CK.CKA_EC_PARAMS, value: Buffer.from(parameters, 'hex') },
    ],
    [...common, { type: CKA_PRIVATE, value: true }, { type: CK.CKA_SIGN, value: maySign }],
  );
}

describe('A PKCS#11 signer with SoftHSM', () => {
  const started: RemoteTokenSigner[] = [];
  const start = async (options: Partial<Pkcs11TokenSignerOptions> = {}): Promise<RemoteTokenSigner> => {
    const signer = await createPkcs11TokenSigner({
      libraryPath: String(process.env.SOFTHSM2_LIBRARY),
      tokenLabel: 'docs',
      pin: '1234',
      keyLabel: 'docs-p256',
      // SoftHSM is fast, but a machine that runs other tests may be slow.
      attemptTimeoutMs: 10_000,
      ...options,
    });
    started.push(signer);
    return signer;
  };

  beforeAll(async () => {
    module = (await loadPkcs11()) as WritableModule;
    module.load(String(process.env.SOFTHSM2_LIBRARY));
    module.C_Initialize({ flags: CK.CKF_OS_LOCKING_OK });
    slot = module.C_GetSlotList(true).find((each) => module.C_GetTokenInfo(each).label.trim() === 'docs')!;
    session = module.C_OpenSession(slot, CK.CKF_SERIAL_SESSION | CKF_RW_SESSION);
    module.C_Login(session, CK.CKU_USER, '1234');
    generate('docs-p256', '01');
    generate('docs-ed25519', '02', { curve: 'Ed25519' });
    generate('docs-p384', '03', { curve: 'P-384' });
    generate('not-for-signing', '04', { maySign: false });
    generate('twice', '05');
    generate('twice', '06');
    const { publicKey } = generate('lonely', '07');
    module.C_DestroyObject(session, publicKey);
  });
  afterEach(() => {
    for (const signer of started.splice(0)) signer.close();
  });
  afterAll(() => {
    module.C_Finalize();
  });

  it.each([
    ['P-256', 'docs-p256', 'ES256'],
    ['Ed25519', 'docs-ed25519', 'EdDSA'],
  ] as const)('of a %s key makes tokens that verify', async (_, keyLabel, algorithm) => {
    const signer = await start({ keyLabel });
    expect(signer.algorithm).toBe(algorithm);
    await expect(signAndVerify(signer)).resolves.toBeDefined();
    await expect(signAndVerify(signer, signingInputOf(signer, 20_000))).resolves.toBeDefined();
  });

  it.each([
    ['docs-p256', 1],
    ['docs-p256', 4],
    ['docs-ed25519', 4],
  ])('signs 200 tokens at once with %s and %i sessions', async (keyLabel, sessions) => {
    const signer = await start({ keyLabel, sessions });
    const inputs = Array.from({ length: 200 }, (_, index) => signingInputOf(signer, index));
    await expect(Promise.all(inputs.map((input) => signAndVerify(signer, input)))).resolves.toHaveLength(200);
  });

  it('finds a key by its id, and a token by its slot', async () => {
    const id = slot.readUInt32LE();
    const signer = await start({ tokenLabel: undefined, slot: id, keyLabel: undefined, objectId: '02' });
    expect(signer.algorithm).toBe('EdDSA');
    await expect(start({ keyLabel: 'twice', objectId: '06' })).resolves.toBeDefined();
  });

  it('allows two signers with one library, and closing one of them', async () => {
    const [first, second] = [await start(), await start({ keyLabel: 'docs-ed25519' })];
    await expect(Promise.all([signAndVerify(first), signAndVerify(second)])).resolves.toHaveLength(2);
    first.close();
    expect(await errorOf(() => signAndVerify(first))).toMatchObject({ code: 'signer_failed' });
    await expect(signAndVerify(second)).resolves.toBeDefined();
    await expect(signAndVerify(await start())).resolves.toBeDefined();
  });

  it('recovers after another user of the library closed all sessions', async () => {
    const signer = await start();
    module.C_CloseAllSessions(slot);
    const tokens = Array.from({ length: 20 }, () => signAndVerify(signer));
    await expect(Promise.all(tokens)).resolves.toHaveLength(20);
  });

  it('recovers after another user of the library finalized it', async () => {
    const signer = await start();
    module.C_Finalize();
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it('does not start with a wrong PIN, and does not reveal it', async () => {
    module.C_CloseAllSessions(slot);
    const error = await errorOf(() => start({ pin: '9999-topsecret' }));
    expect(error).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringContaining('CKR_PIN_INCORRECT'),
    });
    expect(inspectAll(error)).not.toContain('topsecret');
  });

  it.each([
    ['missing', /not found/],
    ['twice', /ambiguous/],
    ['not-for-signing', /CKA_SIGN/],
    ['docs-p384', /another curve/],
    ['lonely', /no public key object/],
  ])('does not start with the key %s', async (keyLabel, message) => {
    expect(await errorOf(() => start({ keyLabel }))).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['libraryPath', { libraryPath: '/no/such/library.so' }],
    ['tokenLabel', { tokenLabel: 'missing' }],
  ])('does not start with a wrong %s', async (option, options) => {
    expect(await errorOf(() => start(options))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining(option),
    });
  });
});
