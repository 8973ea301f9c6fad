import { describe, expect, it, jest } from '@jest/globals';
import {
  createPkcs11TokenSigner,
  type Pkcs11TokenSignerOptions,
} from 'nestjs-mintlify-personalization/pkcs11';
import { startHardwareModule } from '../../../../libs/mintlify-personalization/src/signers/pkcs11/hardware-module.js';
import { CK } from '../../../../libs/mintlify-personalization/src/signers/pkcs11/module.js';
import { errorOf } from '../../../support/modules.support.js';
import { PIN, SimulatedModule } from '../../../support/pkcs11.support.js';
import {
  inspectAll,
  PATIENT,
  signAndVerify,
  signingInputOf,
} from '../../../support/remote-signers.support.js';

const LABEL = 'docs-2026';
const configure = (options: Partial<Pkcs11TokenSignerOptions> = {}): Pkcs11TokenSignerOptions => ({
  libraryPath: '/usr/lib/module.so',
  tokenLabel: 'docs',
  pin: PIN,
  keyLabel: LABEL,
  attemptTimeoutMs: 20_000,
  ...options,
});

/** A module with one P-256 key. */
function provision(): SimulatedModule {
  const module = new SimulatedModule();
  module.addKey(LABEL, '01');
  return module;
}

describe('A signer of a hardware module', () => {
  it.each([
    ['P-256', 'ES256'],
    ['Ed25519', 'EdDSA'],
  ] as const)('of a %s key signs %s, whatever the length of the token', async (curve, algorithm) => {
    const module = new SimulatedModule();
    const { publicKey } = module.addKey(LABEL, '01', { curve });
    const signer = await startHardwareModule(module, configure({ keyId: 'docs' }));
    expect(signer).toMatchObject({ algorithm, keyId: 'docs' });
    expect(signer.publicKey.equals(publicKey)).toBe(true);
    await expect(signAndVerify(signer, signingInputOf(signer, 20_000))).resolves.toBeDefined();
  });

  it.each([
    ['its label', { keyLabel: 'wanted' }],
    ['its id in digits', { keyLabel: undefined, objectId: '0A0b' }],
    ['its id in bytes', { keyLabel: undefined, objectId: Uint8Array.of(10, 11) }],
    ['both', { keyLabel: 'wanted', objectId: '0a0b' }],
    ['the id of its slot', { keyLabel: 'wanted', tokenLabel: undefined, slot: 0x1_0000 }],
  ])('finds its key by %s', async (_, options) => {
    const module = provision();
    const { publicKey } = module.addKey('wanted', '0a0b');
    const signer = await startHardwareModule(module, configure(options));
    expect(signer.publicKey.equals(publicKey)).toBe(true);
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it('finds the public key by the label where there is no id', async () => {
    const module = new SimulatedModule();
    const { publicKey } = module.addKey(LABEL, '01', {
      change: ([privateKey]) => privateKey!.attributes.delete(CK.CKA_ID),
    });
    const signer = await startHardwareModule(module, configure());
    expect(signer.publicKey.equals(publicKey)).toBe(true);
  });

  it.each([1, 2, 8])('with %i sessions signs so many at once, and the rest in a row', async (sessions) => {
    const module = provision();
    const signer = await startHardwareModule(module, configure({ sessions }));
    const inputs = Array.from({ length: 50 }, (_, index) => signingInputOf(signer, index));
    await expect(Promise.all(inputs.map((input) => signAndVerify(signer, input)))).resolves.toHaveLength(50);
    expect(module.maxAtOnce).toBe(sessions);
    expect(module.sessions.size).toBe(sessions);
  });

  it('asks for the PIN when it logs in', async () => {
    const signer = await startHardwareModule(provision(), configure({ pin: () => Promise.resolve(PIN) }));
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it('shares a module and a login with another signer, and leaves it both when it is closed', async () => {
    const module = provision();
    const first = await startHardwareModule(module, configure());
    const second = await startHardwareModule(module, configure());
    first.close();
    await expect(signAndVerify(second)).resolves.toBeDefined();
    expect(module.logins).toHaveLength(1);
    expect(module.sessions.size).toBe(2);
    second.close();
    await Promise.resolve();
    expect(module.sessions.size).toBe(0);
  });

  it('opens new sessions when they were lost, and makes the token', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure());
    module.loseSessions();
    const tokens = Array.from({ length: 20 }, () => signAndVerify(signer));
    await expect(Promise.all(tokens)).resolves.toHaveLength(20);
    expect(module.sessions.size).toBe(2);
    expect(module.logins).toHaveLength(2);
  });

  it.each(['CKR_USER_NOT_LOGGED_IN', 'CKR_DEVICE_ERROR', 'CKR_KEY_HANDLE_INVALID'] as const)(
    'opens new sessions after %s, closes the old ones and makes the token',
    async (fault) => {
      const module = provision();
      const signer = await startHardwareModule(module, configure());
      const before = [...module.sessions.keys()];
      module.nextFaults = [fault];
      await expect(signAndVerify(signer)).resolves.toBeDefined();
      expect(module.sessions.size).toBe(2);
      expect([...module.sessions.keys()]).not.toEqual(before);
    },
  );

  it('starts the module again that another part of the process ended', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure());
    module.loseSessions();
    module.isInitialized = false;
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it('closes the sessions of a connection that it drops, those in use when they are done', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure({ sessions: 3 }));
    module.nextFaults = ['CKR_FUNCTION_FAILED', undefined, undefined];
    await Promise.all([1, 2, 3].map(() => signAndVerify(signer)));
    expect(module.sessions.size).toBe(3);
  });

  it('does not close a session that is gone: its handle may be that of another by now', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure());
    const others = [...module.sessions.keys()];
    module.nextFaults = ['CKR_SESSION_CLOSED'];
    await signAndVerify(signer);
    expect([...module.sessions.keys()]).toEqual(expect.arrayContaining(others));
  });

  it('tries a PIN that was refused no second time, lest the token lock itself', async () => {
    const module = provision();
    let pin = PIN;
    const signer = await startHardwareModule(module, configure({ pin: () => pin, breakerFailures: 100 }));
    pin = 'wrong-topsecret';
    module.loseSessions();
    for (let request = 0; request < 5; request += 1) {
      const error = await errorOf(() => signAndVerify(signer));
      expect(error).toMatchObject({
        code: 'signer_failed',
        message: expect.stringContaining('CKR_PIN_INCORRECT'),
      });
      expect(inspectAll(error)).not.toContain('topsecret');
    }
    expect(module.logins).toEqual([PIN, 'wrong-topsecret']);
  });

  it('still answers with signer_failed when its key was taken out of the token', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure());
    module.loseSessions();
    module.objects.length = 0;
    expect(await errorOf(() => signAndVerify(signer))).toMatchObject({ code: 'signer_failed' });
  });

  it.each<['wrongKey' | 'short' | 'long' | `CKR_${string}`, number]>([
    ['wrongKey', 1],
    ['short', 1],
    ['long', 1],
    ['CKR_KEY_FUNCTION_NOT_PERMITTED', 1],
    ['CKR_MECHANISM_INVALID', 1],
    ['CKR_KEY_HANDLE_INVALID', 2],
    ['CKR_DEVICE_ERROR', 2],
    ['CKR_GENERAL_ERROR', 2],
  ])('makes no token of %s, in %i tries', async (fault, tries) => {
    const module = provision();
    const signer = await startHardwareModule(module, configure());
    module.signatures = 0;
    module.fault = fault;
    const error = await errorOf(() => signAndVerify(signer));
    expect(error).toMatchObject({ code: 'signer_failed' });
    expect(inspectAll(error)).not.toMatch(/topsecret|eyJ/);
    expect(module.signatures).toBe(tries);
  });

  it('leaves a module alone that failed often', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure({ breakerFailures: 2 }));
    module.fault = 'wrongKey';
    await errorOf(() => signAndVerify(signer));
    await errorOf(() => signAndVerify(signer));
    module.signatures = 0;
    expect(await errorOf(() => signAndVerify(signer))).toMatchObject({ code: 'signer_unavailable' });
    expect(module.signatures).toBe(0);
  });

  it('gives a session that hangs to no other call, and lets no call wait for it for ever', async () => {
    const module = provision();
    const signer = await startHardwareModule(
      module,
      configure({ sessions: 2, attemptTimeoutMs: 50, breakerFailures: 100 }),
    );
    module.nextFaults = ['hang'];
    await expect(signAndVerify(signer)).resolves.toBeDefined();
    await expect(signAndVerify(signer)).resolves.toBeDefined();
    module.nextFaults = ['hang'];
    expect(await errorOf(() => signAndVerify(signer))).toMatchObject({ code: 'signer_timeout' });
    module.signatures = 0;
    expect(await errorOf(() => signAndVerify(signer))).toMatchObject({ code: 'signer_timeout' });
    expect(module.signatures).toBe(0);
  });

  it('lets those who wait go when they give up', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure({ sessions: 1 }));
    module.nextFaults = ['hang'];
    const first = new AbortController();
    const second = new AbortController();
    const errors = [first, second].map(({ signal }) =>
      errorOf(() => signer.sign(signingInputOf(signer), signal)),
    );
    second.abort();
    expect(await errors[1]).toMatchObject({ code: 'signer_timeout' });
    first.abort();
    expect(await errors[0]).toMatchObject({ code: 'signer_timeout' });
  });

  it('signs nothing once it is closed, and closes a session in use when it is done', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure({ sessions: 1 }));
    const signing = signer.sign(signingInputOf(signer), PATIENT);
    const waiting = errorOf(() => signer.sign(signingInputOf(signer), PATIENT));
    await new Promise((resolve) => setImmediate(resolve));
    signer.close();
    expect(await errorOf(() => signAndVerify(signer))).toMatchObject({ code: 'signer_failed' });
    await expect(signing).resolves.toHaveLength(64);
    expect(await waiting).toMatchObject({ code: 'signer_failed' });
    expect(module.sessions.size).toBe(0);
  });

  it('shows no PIN when it is inspected', async () => {
    expect(inspectAll(await startHardwareModule(provision(), configure()))).not.toContain('topsecret');
  });

  it('survives a session that does not close', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure());
    module.failing = { C_CloseSession: 'CKR_GENERAL_ERROR' };
    module.nextFaults = ['CKR_FUNCTION_FAILED'];
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it.each<[string, (module: SimulatedModule) => void, RegExp]>([
    ['is not there', (module) => void (module.objects.length = 0), /not found.*keyLabel/],
    ['is there twice', (module) => void module.addKey(LABEL, '02'), /ambiguous.*objectId/],
    [
      'is not for signing',
      ({ objects }) => void objects[0]!.attributes.set(CK.CKA_SIGN, Buffer.of(0)),
      /CKA_SIGN/,
    ],
    [
      'does not say what it is for',
      ({ objects }) => void objects[0]!.attributes.delete(CK.CKA_SIGN),
      /CKA_SIGN/,
    ],
    ['has no public key beside it', ({ objects }) => void objects.pop(), /no public key object.*Import/],
    [
      'is RSA',
      ({ objects }) => void objects[1]!.attributes.delete(CK.CKA_EC_PARAMS),
      /another curve: use P-256/,
    ],
    [
      'is on another curve',
      ({ objects }) =>
        void objects[1]!.attributes.set(CK.CKA_EC_PARAMS, Buffer.from('06052b81040022', 'hex')),
      /another curve: use P-256/,
    ],
    [
      'has a point of another length',
      ({ objects }) => void objects[1]!.attributes.set(CK.CKA_EC_POINT, Buffer.alloc(66, 4)),
      /cannot be read/,
    ],
    [
      'has a point that is not on the curve',
      ({ objects }) => void objects[1]!.attributes.set(CK.CKA_EC_POINT, Buffer.alloc(65, 4)),
      /cannot be read/,
    ],
    [
      'has a point in the hybrid form',
      ({ objects }) => void objects[1]!.attributes.get(CK.CKA_EC_POINT)!.writeUInt8(6, 2),
      /cannot be read/,
    ],
    [
      'has the public key of another beside it',
      (module) => {
        module.addKey('other', '02');
        const point = module.objects[3]!.attributes.get(CK.CKA_EC_POINT)!;
        module.objects[1]!.attributes.set(CK.CKA_EC_POINT, point);
      },
      /not return a valid signature of its key/,
    ],
  ])('does not start when the key %s, and leaves no session open', async (_, change, message) => {
    const module = provision();
    change(module);
    expect(await errorOf(() => startHardwareModule(module, configure()))).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringMatching(message),
    });
    await Promise.resolve();
    expect(module.sessions.size).toBe(0);
  });

  it('reads a point without its wrapping, as some modules give it', async () => {
    const module = provision();
    const { attributes } = module.objects[1]!;
    attributes.set(CK.CKA_EC_POINT, attributes.get(CK.CKA_EC_POINT)!.subarray(2));
    await expect(signAndVerify(await startHardwareModule(module, configure()))).resolves.toBeDefined();
  });

  it.each(['06092b06010401da470f01', '130c656477617264733235353139'])(
    'knows Ed25519 by the parameters %s',
    async (parameters) => {
      const module = new SimulatedModule();
      module.addKey(LABEL, '01', { curve: 'Ed25519' });
      module.objects[1]!.attributes.set(CK.CKA_EC_PARAMS, Buffer.from(parameters, 'hex'));
      expect(await startHardwareModule(module, configure())).toMatchObject({ algorithm: 'EdDSA' });
    },
  );

  it('does not start with a PIN that is wrong, and tries it once', async () => {
    const module = provision();
    const error = await errorOf(() => startHardwareModule(module, configure({ pin: 'topsecret' })));
    expect(error).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringMatching(/CKR_PIN_INCORRECT.*pin/),
    });
    expect(inspectAll(error)).not.toContain('topsecret');
    expect(module.logins).toHaveLength(1);
  });

  it.each<[string, Partial<SimulatedModule['failing']>, string]>([
    ['cannot be loaded', { load: 'dlopen failed' }, 'invalid_option'],
    ['does not start', { C_Initialize: 'CKR_GENERAL_ERROR' }, 'signer_failed'],
    ['has no slots', { C_GetSlotList: 'CKR_FUNCTION_FAILED' }, 'signer_failed'],
    ['has no sessions left', { C_OpenSession: 'CKR_SESSION_COUNT' }, 'signer_failed'],
    ['cannot look for its key', { C_FindObjects: 'CKR_DEVICE_ERROR' }, 'signer_failed'],
    ['cannot read its key', { C_GetAttributeValue: 'CKR_DEVICE_ERROR' }, 'signer_failed'],
  ])('does not start when the module %s', async (_, failing, code) => {
    const module = provision();
    module.failing = failing;
    expect(await errorOf(() => startHardwareModule(module, configure()))).toMatchObject({ code });
  });

  it.each<[string, object]>([
    ['libraryPath', { libraryPath: '' }],
    ['tokenLabel', { tokenLabel: 'nobody' }],
    ['tokenLabel', { tokenLabel: undefined }],
    ['tokenLabel', { slot: 1 }],
    ['tokenLabel', { tokenLabel: '' }],
    ['slot', { tokenLabel: undefined, slot: 7 }],
    ['slot', { tokenLabel: undefined, slot: -1 }],
    ['pin', { pin: '' }],
    ['pin', { pin: undefined }],
    ['pin', { pin: () => undefined as unknown as string }],
    ['keyLabel', { keyLabel: undefined }],
    ['keyLabel', { keyLabel: '' }],
    ['objectId', { objectId: '0' }],
    ['objectId', { objectId: 'xy' }],
    ['objectId', { objectId: new Uint8Array() }],
    ['sessions', { sessions: 0 }],
    ['userPin', { userPin: 'topsecret' }],
  ])('does not start with a wrong %s: %j', async (option, options) => {
    const error = await errorOf(() => startHardwareModule(provision(), configure(options)));
    expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringContaining(option) });
    expect(inspectAll(error)).not.toContain('topsecret');
  });

  it('does not start where two tokens have the same label', async () => {
    const module = provision();
    module.tokenLabels[1] = 'docs';
    expect(await errorOf(() => startHardwareModule(module, configure()))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('several'),
    });
  });

  it('shows no secret when the function for the PIN throws later', async () => {
    const module = provision();
    let isBroken = false;
    const pin = (): string => {
      if (isBroken) throw new Error('topsecret');
      return PIN;
    };
    const signer = await startHardwareModule(module, configure({ pin }));
    isBroken = true;
    module.loseSessions();
    const error = await errorOf(() => signAndVerify(signer));
    expect(error).toMatchObject({ code: 'signer_failed' });
    expect(inspectAll(error)).not.toContain('topsecret');
  });

  it('keeps its place in the row for those who still wait', async () => {
    const module = provision();
    const signer = await startHardwareModule(module, configure({ sessions: 1 }));
    const sign = (signal: AbortSignal): Promise<unknown> =>
      Promise.resolve(signer.sign(signingInputOf(signer), signal)).catch((error: unknown) => error);
    const impatient = new AbortController();
    const results = [sign(PATIENT), sign(impatient.signal), sign(PATIENT)];
    impatient.abort();
    expect(await Promise.all(results)).toEqual([
      expect.any(Uint8Array),
      expect.objectContaining({ code: 'signer_timeout' }),
      expect.any(Uint8Array),
    ]);
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it('shows no secret when the function for the PIN throws', async () => {
    const pin = (): never => {
      throw new Error('topsecret');
    };
    const error = await errorOf(() => startHardwareModule(provision(), configure({ pin })));
    expect(error).toMatchObject({ code: 'invalid_signing_key' });
    expect(inspectAll(error)).not.toContain('topsecret');
  });

  it('is made with the package pkcs11js, which is asked for then', async () => {
    const module = provision();
    jest.unstable_mockModule(
      'pkcs11js',
      () => ({
        default: {
          PKCS11: function construct() {
            return module;
          },
        },
      }),
      {
        virtual: true,
      },
    );
    await expect(signAndVerify(await createPkcs11TokenSigner(configure()))).resolves.toBeDefined();
  });

  it('checks its options before it loads anything', async () => {
    expect(await errorOf(() => createPkcs11TokenSigner(configure({ keyLabel: undefined })))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('keyLabel'),
    });
  });
});
