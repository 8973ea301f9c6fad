import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  contrastOf,
  readableOn,
  textOn,
} from '../../../libs/mintlify-docs-emulator/src/shared/color-contrast.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const colors = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the colors of a site', () => {
  it('have the contrast that WCAG 2.2 says', () => {
    expect(contrastOf('#000', '#ffffff')).toBe(21);
    expect(contrastOf('#767676', '#fff')).toBeCloseTo(4.54, 2);
    expect(textOn('#15803d')).toBe('#fff');
    expect(textOn('#5eead4')).toBe('#000');
  });

  it('are changed for text as little as need be', () => {
    expect(readableOn('#0f766e', '#ffffff')).toBe('#0f766e');
    expect(readableOn('#FDE047', '#0f1218')).toBe('#fde047');
    expect(readableOn('#18e299', '#ffffff')).not.toBe('#18e299');
  });

  it('can be read as text on light and dark backgrounds, whatever they are', () => {
    fc.assert(
      fc.property(
        colors,
        fc.constantFrom('#ffffff', '#fffbeb', '#0f1218', '#000000'),
        (color, background) => {
          assert.ok(contrastOf(readableOn(color, background), background) >= 4.5);
          assert.ok(contrastOf(textOn(color), color) >= 4.5);
        },
      ),
      propertyRuns(500),
    );
    expect.hasAssertions();
    expect(contrastOf(readableOn('#fff', '#fff'), '#fff')).toBeGreaterThan(4.5);
  });
});
