/** Red, green and blue, from 0 to 255. */
type Channels = [number, number, number];

/** The contrast of normal text that WCAG 2.2 asks for (level AA), and a little more. */
const MIN_CONTRAST = 4.6;
/** Chosen entries have a background with this much of the color itself. */
const TINT = 0.12;
const STEP = 0.02;

/**
 * The contrast of two colors as WCAG 2.2 measures it: from 1 to 21.
 *
 * @param one such as `#fff` or `#0f766e`.
 * @example
 * contrastOf('#000', '#fff'); // 21
 */
export function contrastOf(one: string, other: string): number {
  return contrast(channelsOf(one), channelsOf(other));
}

/**
 * Black or white, whichever can be read on a color.
 *
 * @example
 * textOn('#4f46e5'); // '#fff'
 */
export function textOn(color: string): string {
  return contrastOf(color, '#000') > contrastOf(color, '#fff') ? '#000' : '#fff';
}

/**
 * The color, made darker or lighter until text in it can be read on a background, and on that background with a tint of the
 * color.
 *
 * @example
 * readableOn('#18e299', '#ffffff'); // a darker green
 */
export function readableOn(color: string, background: string): string {
  const written = channelsOf(color);
  const ground = channelsOf(background);
  const tinted = mix(ground, written, TINT);
  const end: Channels =
    contrast(ground, [0, 0, 0]) > contrast(ground, [255, 255, 255]) ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0; share < 1; share += STEP) {
    const candidate = mix(written, end, share);
    if (Math.min(contrast(candidate, ground), contrast(candidate, tinted)) >= MIN_CONTRAST)
      return hexOf(candidate);
  }
  return hexOf(end);
}

function contrast(one: Channels, other: Channels): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(channels: Channels): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => linear(channel / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function mix(one: Channels, other: Channels, share: number): Channels {
  const at = (index: 0 | 1 | 2): number => Math.round(one[index] * (1 - share) + other[index] * share);
  return [at(0), at(1), at(2)];
}

function channelsOf(color: string): Channels {
  const digits = color.length === 4 ? color.replaceAll(/[\da-f]/gi, '$&$&') : color;
  const at = (start: number): number => Number.parseInt(digits.slice(start, start + 2), 16) || 0;
  return [at(1), at(3), at(5)];
}

function hexOf(channels: Channels): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
