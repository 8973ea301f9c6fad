import { invalidOptionError } from './invalid-option-error.js';
import { isConstructor } from './class-option.js';
import type { ASYNC_OPTIONS_TYPE, OPTIONS_TYPE } from './module-definition.js';
import type { MintlifyPersonalizationOptionsFactory } from './mintlify-personalization-options.js';
import { COMPOSITION_OPTIONS, resolveComposition, type ResolvedComposition } from './module-composition.js';
import { readList, readOption, readOptions } from './option-reader.js';
import { namesOf } from './option-table.js';
import { CONFIGURATION_OPTIONS } from './app-options.js';

type SyncOptions = typeof OPTIONS_TYPE;
type AsyncOptions = typeof ASYNC_OPTIONS_TYPE;

/** The options of `forRoot()` or `forRootAsync()` after they are read. */
interface ModuleOptions<Options> {
  /** A copy for Nest's module builder. */
  readonly options: Options;
  readonly composition: ResolvedComposition;
}

/** Nest's options for factories. */
const FACTORIES = ['useFactory', 'useClass', 'useExisting'] as const;
const FACTORY_METHOD =
  'createMintlifyPersonalizationOptions' satisfies keyof MintlifyPersonalizationOptionsFactory;
const ASYNC_OPTIONS = [
  ...FACTORIES,
  'inject',
  'provideInjectionTokensFrom',
  ...namesOf(COMPOSITION_OPTIONS),
] as const;

/**
 * Reads the options of `forRoot()`. The static options are checked now, all others while the app starts.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function readModuleOptions(options: unknown): ModuleOptions<SyncOptions> {
  if (options === undefined || options === null) throw missingOptions('forRoot', 'an object with docsUrl');
  const given = readOptions('', options, [...CONFIGURATION_OPTIONS, ...namesOf(COMPOSITION_OPTIONS)]);
  return { options: given as unknown as SyncOptions, composition: resolveComposition(given) };
}

/**
 * Reads the options of `forRootAsync()`: a factory and the static options. Every kind of factory is passed to Nest as
 * `useFactory`, so that errors can name the option.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function readAsyncModuleOptions(options: unknown): ModuleOptions<AsyncOptions> {
  if (options === undefined || options === null)
    throw missingOptions('forRootAsync', 'an object with useFactory');
  assertNotConfiguration(options);
  const given = readOptions('', options, ASYNC_OPTIONS);
  const composition = resolveComposition(given);
  for (const name of ['inject', 'provideInjectionTokensFrom'] as const) {
    if (given[name] === undefined || readList(name, given[name]) !== undefined) continue;
    throw invalidOptionError(name, 'must be a list of injection tokens');
  }
  const [kind, ...others] = FACTORIES.filter((name) => given[name] !== undefined);
  if (kind === undefined) {
    throw missingOptions(
      'forRootAsync',
      'useFactory, useClass or useExisting, which returns docsUrl and the other options',
    );
  }
  if (others.length > 0) {
    throw invalidOptionError(`${kind} and ${others.join(' and ')}`, 'cannot be combined', 'Keep one.');
  }
  const { useClass: _, useExisting: __, ...rest } = given;
  return { options: { ...rest, ...createFactory(kind, given[kind]) } as AsyncOptions, composition };
}

function createFactory(kind: (typeof FACTORIES)[number], value: unknown): Partial<AsyncOptions> {
  assertFactory(kind, value);
  if (kind === 'useFactory') return {};
  return {
    useFactory: (factory: unknown) => callFactory(kind, factory),
    inject: [value],
    // Nest makes a provider of it in this module.
    ...(kind === 'useClass' && { provideInjectionTokensFrom: [value] }),
  } as Partial<AsyncOptions>;
}

function assertFactory(kind: (typeof FACTORIES)[number], value: unknown): void {
  if (kind === 'useFactory' && typeof value !== 'function') {
    throw invalidOptionError(kind, 'must be a function that returns the options or a promise of them');
  }
  if (kind === 'useClass' && !isConstructor(value)) {
    throw invalidOptionError(kind, `must be a class with a ${FACTORY_METHOD}() method`);
  }
  if (kind === 'useExisting' && !['function', 'string', 'symbol'].includes(typeof value)) {
    throw invalidOptionError(
      kind,
      'must be the injection token of a provider that one of the imports exports',
    );
  }
}

function callFactory(kind: 'useClass' | 'useExisting', factory: unknown): unknown {
  const { [FACTORY_METHOD]: create } = Object(factory) as Partial<MintlifyPersonalizationOptionsFactory>;
  if (typeof create === 'function') return create.call(factory);
  throw invalidOptionError(
    kind,
    `has no ${FACTORY_METHOD}() method`,
    'Implement MintlifyPersonalizationOptionsFactory.',
  );
}

/** Nest's module builder would ignore an option beside the factory. */
function assertNotConfiguration(options: unknown): void {
  const names: readonly string[] = CONFIGURATION_OPTIONS;
  const misplaced = readOption('The options', () =>
    Object.keys(Object(options) as object).find((key) => names.includes(key)),
  );
  if (misplaced === undefined) return;
  throw invalidOptionError(
    misplaced,
    'is set beside the factory, where it would be ignored',
    'Return it from the factory.',
  );
}

function missingOptions(method: string, what: string): Error {
  return invalidOptionError(`MintlifyPersonalizationModule.${method}()`, 'has no options', `Pass ${what}.`);
}
