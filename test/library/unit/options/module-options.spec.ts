import { describe, expect, it } from '@jest/globals';
import { forwardRef, Injectable, Module } from '@nestjs/common';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import {
  readAsyncModuleOptions,
  readModuleOptions,
} from '../../../../libs/mintlify-personalization/src/options/module-options.js';
import { errorOf, SERVICES_ONLY, startModule } from '../../../support/modules.support.js';

const DOCS = { docsUrl: 'https://docs.foo.com' };
const useFactory = () => DOCS;

@Module({})
class ConfigModule {}
@Injectable()
class NoFactory {}

const mistake = (message: string) =>
  expect.objectContaining({ code: 'invalid_option', message: expect.stringContaining(message) });

describe('The options of forRoot', () => {
  it('are copied, and the static ones are checked', () => {
    const imports = [ConfigModule];
    const given = { ...DOCS, imports, claimMapper: undefined, isGlobal: true };
    const { options, composition } = readModuleOptions(given);
    expect(options).toEqual({ ...DOCS, imports, isGlobal: true });
    expect(composition).toMatchObject({ imports, isGlobal: true, handshakes: { oauth: false } });
    expect(Object.isFrozen(composition)).toBe(true);
    expect(composition.imports).not.toBe(imports);
  });

  it('may be an instance of a class of your own, with getters', () => {
    class Settings {
      readonly docsUrl: string = 'https://docs.foo.com';
      get keyId(): string {
        return 'from-getter';
      }
      get isGlobal(): boolean {
        return true;
      }
    }
    const { options, composition } = readModuleOptions(new Settings());
    expect(options).toEqual({ docsUrl: 'https://docs.foo.com', keyId: 'from-getter', isGlobal: true });
    expect(composition.isGlobal).toBe(true);
  });

  it('have defaults for the static ones', () => {
    expect(readModuleOptions(DOCS).composition).toMatchObject({ imports: [], isGlobal: false });
  });

  it.each([
    [undefined, 'MintlifyPersonalizationModule.forRoot() has no options. Give it an object with docsUrl.'],
    [null, 'MintlifyPersonalizationModule.forRoot() has no options'],
    [[], 'The options must be an object with docsUrl'],
    ['https://docs.foo.com', 'The options must be an object with docsUrl'],
    [{ ...DOCS, docsURL: 1 }, 'docsURL is not an option. Did you mean docsUrl?'],
    [{ ...DOCS, isGlobal: 'no' }, 'isGlobal must be true or false. Leave it out for false.'],
    [{ ...DOCS, imports: {} }, 'imports must be a list of modules.'],
    [{ ...DOCS, imports: null }, 'imports must be a list of modules.'],
    [{ ...DOCS, imports: [ConfigModule, undefined] }, 'imports[1] is not a module. Give a module class'],
    [{ ...DOCS, imports: ['ConfigModule'] }, 'imports[0] is not a module'],
    [{ ...DOCS, imports: [{}] }, 'imports[0] is not a module'],
    [{ ...DOCS, claimMapper: () => ({}) }, 'claimMapper must be a class, which Nest builds'],
    [{ ...DOCS, tenantSource: { load: () => ({}) } }, 'tenantSource must be a class'],
  ])('%j: %s', (options, message) => {
    expect(() => readModuleOptions(options)).toThrow(mistake(message));
    expect(() => MintlifyPersonalizationModule.forRoot(options as never)).toThrow(mistake(message));
  });

  it.each([
    ['a class', ConfigModule],
    ['a dynamic module', { module: ConfigModule }],
    ['a promise of one', Promise.resolve({ module: ConfigModule })],
    ['a forward reference', forwardRef(() => ConfigModule)],
  ])('may import %s', (_, module) => {
    expect(readModuleOptions({ ...DOCS, imports: [module] }).composition.imports).toEqual([module]);
  });
});

describe('The options of forRootAsync', () => {
  it('are a factory of Nest and the static options', () => {
    const given = {
      useFactory,
      useClass: undefined,
      useExisting: undefined,
      inject: [],
      provideInjectionTokensFrom: [],
      imports: [],
      handshakes: {},
      claimMapper: undefined,
      isGlobal: true,
    };
    const { options, composition } = readAsyncModuleOptions(given);
    expect(options).toMatchObject({ useFactory, inject: [], isGlobal: true });
    expect(composition.isGlobal).toBe(true);
  });

  it.each([
    [
      undefined,
      'MintlifyPersonalizationModule.forRootAsync() has no options. Give it an object with useFactory.',
    ],
    [null, 'MintlifyPersonalizationModule.forRootAsync() has no options'],
    [
      {},
      'forRootAsync() has no options. Give it useFactory, useClass or useExisting, which gives docsUrl and the rest.',
    ],
    [
      { claimMapper: NoFactory },
      'forRootAsync() has no options. Give it useFactory, useClass or useExisting',
    ],
    [{ useFactory: DOCS }, 'useFactory must be a function that returns the options'],
    [{ useFactory: null }, 'useFactory must be a function'],
    [
      { useClass: () => DOCS },
      'useClass must be a class with a createMintlifyPersonalizationOptions() method',
    ],
    [{ useClass: DOCS }, 'useClass must be a class'],
    [{ useExisting: DOCS }, 'useExisting must be the class, or another token, of a provider'],
    [{ useFactory, useClass: NoFactory }, 'useFactory and useClass stand side by side. Leave one.'],
    [{ useFactory, inject: ConfigModule }, 'inject must be a list of what useFactory injects'],
    [{ useFactory, provideInjectionTokensFrom: {} }, 'provideInjectionTokensFrom must be a list'],
    [{ useFactory, ...DOCS }, 'docsUrl stands beside the factory, where it would be ignored. Return it from'],
    [{ useFactory, signingKey: undefined }, 'signingKey stands beside the factory'],
    [{ usefactory: 1 }, 'usefactory is not an option. Did you mean useFactory?'],
    [{ useFactory, global: true }, 'global is not an option'],
    [{ useFactory, isGlobal: 'no' }, 'isGlobal must be true or false'],
    [{ useFactory, imports: {} }, 'imports must be a list of modules'],
    [{ useFactory, handshakes: { jwt: { version: {} } } }, 'handshakes.jwt.version must be a text'],
  ])('%j: %s', (options, message) => {
    expect(() => readAsyncModuleOptions(options)).toThrow(mistake(message));
    expect(() => MintlifyPersonalizationModule.forRootAsync(options as never)).toThrow(mistake(message));
  });

  it.each([
    ['useClass', { useClass: NoFactory }],
    [
      'useExisting',
      {
        useExisting: NoFactory,
        imports: [{ module: ConfigModule, providers: [NoFactory], exports: [NoFactory] }],
      },
    ],
  ])('name %s where it has no method to make the options', async (option, options) => {
    const { handshakes } = SERVICES_ONLY;
    const library = MintlifyPersonalizationModule.forRootAsync({ ...options, handshakes } as never);
    expect(await errorOf(() => startModule({ imports: [library] }))).toMatchObject({
      code: 'invalid_option',
      message: `${option} has no createMintlifyPersonalizationOptions() method. Implement MintlifyPersonalizationOptionsFactory.`,
    });
  });

  it('may be of a class whose method is a field', async () => {
    class FieldFactory {
      createMintlifyPersonalizationOptions = () => ({
        docsUrl: 'https://docs.foo.com',
        signingKey: SERVICES_ONLY.signingKey,
      });
    }
    const { handshakes } = SERVICES_ONLY;
    const library = MintlifyPersonalizationModule.forRootAsync({ useClass: FieldFactory, handshakes });
    await expect(startModule({ imports: [library] })).resolves.toBeDefined();
  });
});
