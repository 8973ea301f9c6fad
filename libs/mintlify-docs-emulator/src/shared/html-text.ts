const HIDDEN = /<(?<name>script|style|svg|head|template)\b[^>]*>[\s\S]*?<\/\k<name>>/gi;
const BLOCK =
  /<\/?(?:address|article|aside|blockquote|dd|details|div|dl|dt|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|br)\b[^>]*>/gi;
const TAG = /<[^>]*>/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' };

/**
 * The text of HTML as React writes it: a line for each block, without what is not shown.
 *
 * @example
 * textOfHtml('<p>Hello <b>Ada</b> &amp; co</p>'); // 'Hello Ada & co'
 */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(HIDDEN, '')
    .replaceAll(BLOCK, '\n')
    .replaceAll(TAG, '')
    .replaceAll(/&(?:#x(?<hex>[\da-f]{1,6})|#(?<number>\d{1,7})|(?<name>\w{1,10}));/gi, decode)
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

function decode(whole: string, hex?: string, number?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name] ?? whole;
  const code = hex === undefined ? Number(number) : Number.parseInt(hex, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
}
