import { ok } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import type { DynamicModule } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import * as fc from 'fast-check';
import { MintlifyPersonalizationError, MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import { COMPOSITION_OPTIONS } from '../../../../libs/mintlify-personalization/src/options/module-composition.js';
import { namesOf } from '../../../../libs/mintlify-personalization/src/options/option-table.js';
import { CONFIGURATION_OPTIONS } from '../../../../libs/mintlify-personalization/src/options/app-options.js';
import { SITE_OPTIONS } from '../../../../libs/mintlify-personalization/src/options/site-options.js';
import { LogCollector } from '../../../support/log-collector.support.js';
import {
  BASE,
  CLASSES,
  escapePath,
  FUNCTIONS,
  INTROSPECTED,
  LIST,
  PLACES,
  SITE,
  type Place,
} from '../../../support/option-places.support.js';
import {
  HOSTILE_KINDS,
  KINDS,
  valueOf,
  withThrowingGetter,
  withValue,
  type Kind,
  type Options,
} from '../../../support/wrong-values.support.js';

/** One value of each kind in each place is a start of an app each. */
const ONCE = { numRuns: 1 };

const STYLES = ['forRoot', 'forRootAsync'] as const;

function importInStyle(style: (typeof STYLES)[number], options: Options): DynamicModule {
  if (style === 'forRoot') return MintlifyPersonalizationModule.forRoot(options as never);
  const given: Options = {};
  // Not spread later: that would read what throws.
  const beside: Options = { useFactory: () => given };
  const statics: readonly string[] = namesOf(COMPOSITION_OPTIONS);
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(options))) {
    Object.defineProperty(statics.includes(name) ? beside : given, name, descriptor);
  }
  return MintlifyPersonalizationModule.forRootAsync(beside);
}

const importFactory = (options: Options): DynamicModule =>
  MintlifyPersonalizationModule.forRootAsync({ ...options, handshakes: { jwt: false } } as never);

const startErrorOf = (style: (typeof STYLES)[number], options: Options): Promise<unknown> =>
  errorOfStart(() => importInStyle(style, options));

async function errorOfStart(importLibrary: () => DynamicModule): Promise<unknown> {
  try {
    const library = importLibrary();
    const module = await Test.createTestingModule({ imports: [library] })
      .setLogger(new LogCollector())
      .compile();
    await module.close();
  } catch (error) {
    return error;
  }
  return undefined;
}

function assertNamed(
  error: unknown,
  { path, named = new RegExp(escapePath(path)) }: Place,
  kind: string,
): void {
  ok(error instanceof MintlifyPersonalizationError, `${path}, ${kind}: ${String(error)}`);
  ok(named.test(error.message), `${path}, ${kind}: ${error.message}`);
}

describe('A value of a wrong type', () => {
  it('is tried in every option', () => {
    const tried = new Set(PLACES.map(({ path }) => path.replace(/[.[].*/, '')));
    expect(tried).toEqual(new Set([...CONFIGURATION_OPTIONS, ...namesOf(COMPOSITION_OPTIONS)]));
    expect(Object.keys(SITE).toSorted()).toEqual(namesOf(SITE_OPTIONS).toSorted());
  });

  it('is none of the values that these tests begin with', async () => {
    for (const style of STYLES) {
      expect(await startErrorOf(style, BASE)).toBeUndefined();
      expect(await startErrorOf(style, { ...BASE, accessTokens: INTROSPECTED })).toBeUndefined();
    }
  });

  describe.each(STYLES)('stops the start through %s with an error that names the option', (style) => {
    it.each(PLACES)('$path', async (place) => {
      for (const kind of KINDS.filter((kind) => !place.takes.includes(kind))) {
        await fc.assert(
          fc.asyncProperty(valueOf(kind), async (value) => {
            const options = withValue({ ...BASE, ...place.base }, place.path, value());
            assertNamed(await startErrorOf(style, options), place, kind);
          }),
          ONCE,
        );
      }
    });
  });

  it.each(STYLES)('that a getter throws stops the start through %s, too', async (style) => {
    const places = PLACES.filter(({ path }) => !path.endsWith(']'));
    expect(places.length).toBeGreaterThan(50);
    for (const place of places) {
      const options = withThrowingGetter({ ...BASE, ...place.base }, place.path);
      assertNamed(await startErrorOf(style, options), place, 'getter');
    }
  });

  it.each<[string, Kind[], RegExp, (value: unknown) => DynamicModule]>([
    [
      'the options of forRoot()',
      ['empty'],
      /^The options|forRoot\(\) has no options| is not an option| cannot be read/,
      (value) => MintlifyPersonalizationModule.forRoot(value as never),
    ],
    [
      'the options of forRootAsync()',
      [],
      /^The options|forRootAsync\(\) has no options| is not an option| cannot be read/,
      (value) => MintlifyPersonalizationModule.forRootAsync(value as never),
    ],
    [
      // Not what throws: the language itself looks for a `then`.
      'what useFactory gives',
      [...HOSTILE_KINDS, 'empty', 'promise'],
      /^The options| is not an option/,
      (value) => importFactory({ useFactory: () => value }),
    ],
    ['useFactory', [...FUNCTIONS], /^useFactory/, (value) => importFactory({ useFactory: value })],
    ['useClass', CLASSES, /^useClass/, (value) => importFactory({ useClass: value })],
    [
      'useExisting',
      [...FUNCTIONS, 'text', 'blank', 'symbol'],
      /^useExisting/,
      (value) => importFactory({ useExisting: value }),
    ],
    ['inject', LIST, /^inject/, (value) => importFactory({ useFactory: () => BASE, inject: value })],
    [
      'provideInjectionTokensFrom',
      LIST,
      /^provideInjectionTokensFrom/,
      (value) => importFactory({ useFactory: () => BASE, provideInjectionTokensFrom: value }),
    ],
  ])('in the place of %s stops the start', async (path, takes, named, importLibrary) => {
    for (const kind of KINDS.filter((kind) => !takes.includes(kind))) {
      await fc.assert(
        fc.asyncProperty(valueOf(kind), async (value) => {
          assertNamed(await errorOfStart(() => importLibrary(value())), { path, takes, named }, kind);
        }),
        ONCE,
      );
    }
  });
});
