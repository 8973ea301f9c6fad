/** The icons that Mintlify's components draw of themselves, as paths in a box of 16 by 16. */
const PATHS: Record<string, string> = {
  'angle-right': 'M6 3l5 5-5 5',
  'caret-right': 'M6 3l5 5-5 5',
};

/** Props of an icon, of those that Mintlify's components give: the others are about a picture that is fetched. */
export interface IconProps {
  icon?: string;
}

/**
 * Stands in for Mintlify's own icon, which is fetched from elsewhere: the emulator works without a network. Icons that pages
 * name are left out.
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
