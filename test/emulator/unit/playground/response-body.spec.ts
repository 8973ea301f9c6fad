import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fileNameOf } from '../../../../libs/mintlify-docs-emulator/src/client/components/playground/response-file.js';
import { base64Size, byteSize } from '../../../../libs/mintlify-docs-emulator/src/shared/byte-size.js';
import { readResponseBody } from '../../../../libs/mintlify-docs-emulator/src/shared/response-body.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

describe('the body of a response', () => {
  it.each([
    ['application/json', '{}', 'text'],
    ['application/problem+json', '{}', 'text'],
    ['image/svg+xml', '<svg/>', 'text'],
    ['', 'plain', 'text'],
    ['application/x-unknown', 'plain\twith\r\nlines', 'text'],
    ['application/x-unknown', 'a\0b', 'base64'],
    ['application/octet-stream', 'plain', 'base64'],
    ['application/pdf', '%PDF-1.7', 'base64'],
    ['application/zip', 'PK', 'base64'],
    ['image/png', 'PNG', 'base64'],
    ['image/png', '', 'text'],
  ])('of %j with %j is shown as %s', (mediaType, text, kind) => {
    expect(Object.keys(readResponseBody(Buffer.from(text), mediaType))).toEqual([kind]);
  });

  it('keeps each byte of what is no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const body = readResponseBody(bytes, 'image/png') as { base64: string };
        expect(Buffer.from(body.base64, 'base64').equals(bytes)).toBe(true);
        expect(base64Size(body.base64)).toBe(bytes.length);
      }),
      propertyRuns(100),
    );
    const large = Buffer.alloc(100_000, 255);
    expect(readResponseBody(large, 'image/png')).toEqual({ base64: large.toString('base64') });
  });

  it.each([
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_234, '1.2 KB'],
    [34_567, '35 KB'],
    [2_097_152, '2.1 MB'],
  ])('has a size: %j is %s', (bytes, expected) => {
    expect(byteSize(bytes)).toBe(expected);
  });
});

describe('the file name of a response', () => {
  const nameOf = (disposition: string, mediaType = 'application/pdf', path = '/v1/reports/7') =>
    fileNameOf(
      { headers: disposition === '' ? [] : [['Content-Disposition', disposition]], mediaType },
      `https://api.foo.com${path}`,
    );

  it.each([
    ['attachment; filename="plants.pdf"', 'plants.pdf'],
    ['attachment; filename=plants.pdf', 'plants.pdf'],
    ['attachment; filename="a \\"b\\".pdf"', 'a b.pdf'],
    [`attachment; filename="x.pdf"; filename*=UTF-8''%C3%BC%20b.pdf`, 'ü b.pdf'],
    [`attachment; filename*=UTF-8''%zz; filename=x.pdf`, 'x.pdf'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\temp\\\\a.pdf"', 'a.pdf'],
    ['attachment; filename=".."', '7.pdf'],
    ['inline', '7.pdf'],
    ['', '7.pdf'],
  ])('of %j is %j', (disposition, expected) => {
    expect(nameOf(disposition)).toBe(expected);
  });

  it('comes from the path and the media type otherwise', () => {
    expect(nameOf('', 'image/jpeg', '/photos/fern?size=2')).toBe('fern.jpg');
    expect(nameOf('', 'image/png', '/photos/fern.png')).toBe('fern.png');
    expect(nameOf('', 'application/x-unknown', '/')).toBe('response.bin');
    expect(nameOf('', '', '/%zz')).toBe('response.bin');
  });

  it('never has a folder or a dot at its start', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (name, path) => {
          const disposition = `attachment; filename="${name.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
          expect(nameOf(disposition, 'image/png', `/${path}`)).toMatch(/^[^./\\\0][^/\\\0]*$/);
        },
      ),
      propertyRuns(200),
    );
  });
});
