import { describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module } from '@nestjs/common';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import {
  CLAIM_MAPPER,
  IdentityService,
  MintlifyPersonalizationModule,
  MintlifySigningService,
  MintlifyUserValidator,
  type ClaimMapper,
  type MintlifyPersonalizationConfiguration,
  type MintlifyPersonalizationOptionsFactory,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { docsKeys, ecPair, pkcs8 } from '../../support/keys.support.js';
import { errorOf, NOW_MS, SERVICES_ONLY, startModule } from '../../support/modules.support.js';

const { handshakes, ...CONFIGURATION } = SERVICES_ONLY;

@Injectable()
class Settings {
  readonly keyId: string = 'from-settings';
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Injectable()
class DocsOptions implements MintlifyPersonalizationOptionsFactory {
  constructor(@Inject(Settings) private readonly settings: Settings) {}

  createMintlifyPersonalizationOptions(): Promise<MintlifyPersonalizationConfiguration> {
    return Promise.resolve({ ...CONFIGURATION, keyId: this.settings.keyId });
  }
}

@Module({ imports: [SettingsModule], providers: [DocsOptions], exports: [DocsOptions] })
class DocsOptionsModule {}

@Injectable()
class AdminMapper implements ClaimMapper {
  map(): MintlifyUser {
    return { groups: ['admin'] };
  }
}

@Injectable()
class ViewerMapper implements ClaimMapper {
  map(): MintlifyUser {
    return { groups: ['viewer'] };
  }
}

type AsyncOptions = Parameters<typeof MintlifyPersonalizationModule.forRootAsync>[0];

describe('MintlifyPersonalizationModule', () => {
  it.each<[string, AsyncOptions]>([
    [
      'useFactory',
      {
        imports: [SettingsModule],
        inject: [Settings],
        useFactory: ({ keyId }: Settings) => ({ ...CONFIGURATION, keyId }),
        handshakes,
      },
    ],
    [
      'an asynchronous useFactory',
      { useFactory: () => Promise.resolve({ ...CONFIGURATION, keyId: 'from-settings' }), handshakes },
    ],
    ['useClass', { imports: [SettingsModule], useClass: DocsOptions, handshakes }],
    ['useExisting', { imports: [DocsOptionsModule], useExisting: DocsOptions, handshakes }],
  ])('is configured by forRootAsync with %s', async (_, options) => {
    const module = await startModule({ imports: [MintlifyPersonalizationModule.forRootAsync(options)] });
    const token = await module.get(MintlifySigningService).sign({});
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', kid: 'from-settings' });
    const verified = await jwtVerify(token, docsKeys.publicKey, { currentDate: new Date(NOW_MS) });
    expect(verified.payload.exp).toBeDefined();
  });

  it.each([
    ['forRoot', () => MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, claimMapper: AdminMapper })],
    [
      'forRootAsync',
      () =>
        MintlifyPersonalizationModule.forRootAsync({
          useFactory: () => CONFIGURATION,
          handshakes,
          claimMapper: AdminMapper,
        }),
    ],
  ])('takes the static options in %s', async (_, library) => {
    const dynamic = library();
    expect(dynamic.controllers).toEqual([]);
    expect(dynamic.global).toBe(false);
    const module = await startModule({ imports: [dynamic] });
    expect((await module.get(IdentityService).identify('ada', {})).groups).toEqual(['admin']);
  });

  it('mounts one controller of its own for each import that has a JWT handshake', () => {
    const first = MintlifyPersonalizationModule.forRoot({ docsUrl: 'https://a.com' });
    const second = MintlifyPersonalizationModule.forRoot({ docsUrl: 'https://b.com' });
    expect(first.controllers).toHaveLength(1);
    expect(second.controllers).toHaveLength(1);
    expect(first.controllers?.[0]).not.toBe(second.controllers?.[0]);
  });

  it('gives its services to those who import it, and to all when isGlobal is set', async () => {
    @Injectable()
    class Elsewhere {
      constructor(@Inject(MintlifySigningService) readonly signing: MintlifySigningService) {}
    }
    @Module({ providers: [Elsewhere] })
    class ElsewhereModule {}
    const start = (isGlobal: boolean) =>
      startModule({
        imports: [MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, isGlobal }), ElsewhereModule],
      });
    expect(await errorOf(() => start(false))).toMatchObject({
      message: expect.stringContaining('resolve dependencies of the Elsewhere'),
    });
    const module = await start(true);
    expect(module.get(Elsewhere, { strict: false }).signing).toBe(module.get(MintlifySigningService));
  });

  it('exports the services that a host app calls by itself', async () => {
    @Injectable()
    class Support {
      constructor(
        @Inject(MintlifySigningService) readonly signing: MintlifySigningService,
        @Inject(IdentityService) readonly identity: IdentityService,
        @Inject(MintlifyUserValidator) readonly users: MintlifyUserValidator,
      ) {}
    }
    @Module({ imports: [MintlifyPersonalizationModule.forRoot(SERVICES_ONLY)], providers: [Support] })
    class SupportModule {}
    const support = (await startModule({ imports: [SupportModule] })).get(Support, { strict: false });
    expect(support.signing).toBeInstanceOf(MintlifySigningService);
    expect(support.identity).toBeInstanceOf(IdentityService);
    expect(support.users).toBeInstanceOf(MintlifyUserValidator);
  });

  it('can be imported twice, for two sites with a key and a mapper each', async () => {
    const otherKeys = ecPair();
    @Module({
      imports: [MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, claimMapper: AdminMapper })],
      exports: [MintlifyPersonalizationModule],
    })
    class FirstModule {}
    @Module({
      imports: [
        MintlifyPersonalizationModule.forRoot({
          ...SERVICES_ONLY,
          docsUrl: 'https://foo.com/internal',
          signingKey: pkcs8(otherKeys),
          claimMapper: ViewerMapper,
        }),
      ],
      exports: [MintlifyPersonalizationModule],
    })
    class SecondModule {}
    @Injectable()
    class Caller {
      constructor(
        @Inject(MintlifySigningService) readonly signing: MintlifySigningService,
        @Inject(IdentityService) readonly identity: IdentityService,
      ) {}
    }
    class SecondCaller extends Caller {}
    @Module({ imports: [FirstModule], providers: [Caller] })
    class FirstHost {}
    @Module({ imports: [SecondModule], providers: [SecondCaller] })
    class SecondHost {}
    const module = await startModule({ imports: [FirstHost, SecondHost] });
    const outcomes = [];
    for (const caller of [Caller, SecondCaller]) {
      const { signing, identity } = module.get(caller, { strict: false });
      const url = new URL(await signing.createRedirectUrl(await identity.identify('ada', {})));
      const keys = caller === Caller ? docsKeys : otherKeys;
      const { payload } = await jwtVerify(url.hash.slice(1), keys.publicKey, {
        currentDate: new Date(NOW_MS),
      });
      outcomes.push([url.origin + url.pathname, payload.groups]);
    }
    expect(outcomes).toEqual([
      ['https://docs.foo.com/', ['admin']],
      ['https://foo.com/internal', ['viewer']],
    ]);
  });

  it('hands its token of the mapper to the host, which may override it', () => {
    const { providers } = MintlifyPersonalizationModule.forRoot({
      ...SERVICES_ONLY,
      claimMapper: AdminMapper,
    });
    expect(providers).toContainEqual({ provide: CLAIM_MAPPER, useClass: AdminMapper });
  });

  it.each<[string, () => unknown, string, RegExp]>([
    [
      'a static option',
      () => MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, handshakes: { jwt: { path: '' } } }),
      'invalid_option',
      /handshakes\.jwt\.path/,
    ],
    [
      'an option beside the factory',
      () =>
        MintlifyPersonalizationModule.forRootAsync({
          useFactory: () => CONFIGURATION,
          keyId: 'a',
        } as AsyncOptions),
      'invalid_option',
      /keyId stands beside/,
    ],
    [
      'a static option from the factory',
      () => MintlifyPersonalizationModule.forRootAsync({ useFactory: () => SERVICES_ONLY, handshakes }),
      'invalid_option',
      /handshakes shapes the module/,
    ],
    [
      'an unknown option',
      () => MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, lifetime: 5 } as typeof SERVICES_ONLY),
      'invalid_option',
      /lifetime is not an option/,
    ],
    [
      'an unknown option from the factory',
      () =>
        MintlifyPersonalizationModule.forRootAsync({
          useFactory: () => ({ ...CONFIGURATION, docsURL: 'a' }),
          handshakes,
        }),
      'invalid_option',
      /docsURL is not an option/,
    ],
    [
      'nothing from the factory',
      () =>
        MintlifyPersonalizationModule.forRootAsync({ useFactory: (() => undefined) as never, handshakes }),
      'invalid_option',
      /must be an object/,
    ],
    [
      'a docsUrl',
      () => MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, docsUrl: 'docs.foo.com' }),
      'invalid_option',
      /docsUrl is not an absolute URL/,
    ],
    [
      'a key',
      () => MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, signingKey: 'garbage' }),
      'invalid_signing_key',
      /neither a PEM/,
    ],
    [
      'no key where a route needs one',
      () =>
        MintlifyPersonalizationModule.forRoot({ docsUrl: 'https://docs.foo.com', claimMapper: AdminMapper }),
      'invalid_signing_key',
      /is empty or undefined/,
    ],
  ])('stops the app at start for a mistake: %s', async (_, library, code, message) => {
    const start = (): unknown => startModule({ imports: [library() as never] });
    expect(await errorOf(start)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
