import type { NavigationIcon } from '../../shared/navigation-types.js';
import { Icon } from './mintlify-icon.js';

/**
 * The icon before an entry of the navigation, in the color of its text; nothing without one.
 *
 * @example
 * <EntryIcon icon="rocket" />
 */
export function EntryIcon({ icon, iconType, iconLibrary }: NavigationIcon) {
  if (icon === undefined) return null;
  return (
    <span className="entry-icon" aria-hidden="true">
      <Icon icon={icon} iconType={iconType} iconLibrary={iconLibrary} color="currentColor" size={16} />
    </span>
  );
}
