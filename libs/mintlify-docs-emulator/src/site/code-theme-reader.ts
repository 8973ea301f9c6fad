import type { CodeColors, CodeLooks } from '../shared/site-looks-types.js';
import { isRecord } from '../shared/type-guards.js';

type Values = Readonly<Record<string, unknown>>;

/** Scopes of a theme (TextMate), the best first, for each color of code. */
const SCOPES: Readonly<Record<Exclude<keyof CodeColors, 'background' | 'text'>, readonly string[]>> = {
  comment: ['comment'],
  keyword: ['keyword.control', 'keyword', 'storage.type', 'storage'],
  string: ['string.quoted', 'string'],
  number: ['constant.numeric', 'constant'],
  title: ['entity.name.function', 'support.function', 'entity.name'],
};

/**
 * Reads `styling.codeblocks` of docs.json: `dark`, or a theme of Shiki, or one for each color mode.
 *
 * @returns `undefined` for `system`, and for what is no theme: code has the colors of the emulator.
 * @example
 * await readCodeLooks({ codeblocks: 'dark' }); // { isDark: true }
 */
export async function readCodeLooks(styling: unknown): Promise<CodeLooks | undefined> {
  const { codeblocks } = isRecord(styling) ? styling : {};
  if (codeblocks === 'dark') return { isDark: true };
  const theme = isRecord(codeblocks) ? codeblocks.theme : undefined;
  const names: Values = isRecord(theme) ? theme : { light: theme, dark: theme };
  const [light, dark] = await Promise.all([readTheme(names.light), readTheme(names.dark)]);
  return light && dark ? { light, dark } : undefined;
}

async function readTheme(name: unknown): Promise<CodeColors | undefined> {
  if (typeof name !== 'string' || !/^[a-z][a-z\d-]{1,40}$/.test(name)) return undefined;
  try {
    const { default: theme } = (await import(`@shikijs/themes/${name}`)) as { default: unknown };
    return isRecord(theme) ? colorsOf(theme) : undefined;
  } catch {
    // There is no such theme.
    return undefined;
  }
}

function colorsOf({ colors, tokenColors, settings, bg, fg }: Values): CodeColors | undefined {
  const ofEditor = isRecord(colors) ? colors : {};
  const rules = rulesOf(tokenColors ?? settings);
  const background = readColor(ofEditor['editor.background'] ?? bg);
  const text =
    readColor(ofEditor['editor.foreground'] ?? fg) ?? rules.findLast(({ scope }) => scope === '')?.color;
  if (background === undefined || text === undefined) return undefined;
  const colorFor = (wanted: readonly string[]): string =>
    wanted.flatMap((scope) => bestRule(rules, scope) ?? []).at(0) ?? text;
  const { comment, keyword, string, number, title } = SCOPES;
  return {
    background,
    text,
    comment: colorFor(comment),
    keyword: colorFor(keyword),
    string: colorFor(string),
    number: colorFor(number),
    title: colorFor(title),
  };
}

interface ThemeRule {
  scope: string;
  color: string;
}

function rulesOf(list: unknown): ThemeRule[] {
  return (Array.isArray(list) ? list : []).flatMap((each): ThemeRule[] => {
    if (!isRecord(each) || !isRecord(each.settings)) return [];
    const color = readColor(each.settings.foreground);
    if (color === undefined) return [];
    const scopes: unknown[] = [each.scope ?? ''].flat();
    return scopes
      .filter((scope) => typeof scope === 'string')
      .flatMap((scope) => scope.split(','))
      .map((scope) => ({ scope: scope.trim(), color }));
  });
}

/** Of the rules for a scope or what is around it, the most exact one; of two, the last one. */
function bestRule(rules: readonly ThemeRule[], wanted: string): string | undefined {
  let best: ThemeRule | undefined;
  for (const rule of rules) {
    const isFor = rule.scope !== '' && `${wanted}.`.startsWith(`${rule.scope}.`);
    if (isFor && rule.scope.length >= (best?.scope.length ?? 0)) best = rule;
  }
  return best?.color;
}

function readColor(value: unknown): string | undefined {
  return typeof value === 'string' && /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(value)
    ? value.toLowerCase()
    : undefined;
}
