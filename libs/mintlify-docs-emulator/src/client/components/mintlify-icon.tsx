/** The icons that Mintlify's components use internally, as SVG paths in a 16 by 16 box. */
const PATHS: Record<string, string> = {
  'angle-right': 'M6 3l5 5-5 5',
  'caret-right': 'M6 3l5 5-5 5',
};

/** The supported props of an icon; the others are for downloaded images. */
export interface IconProps {
  icon?: string;
}

/**
 * Replaces Mintlify's own icon, which is downloaded: the emulator works offline. Icons in pages are not shown.
 *
 * @example
 * <Icon icon="angle-right" />
 */
export function Icon({ icon = '' }: IconProps) {
  const path = PATHS[icon];
  if (path === undefined) return null;
  return (
    <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" data-icon={icon}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
