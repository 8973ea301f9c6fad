import { toggleColorMode, useDarkMode } from '../color-mode.js';
import { Icon } from './mintlify-icon.js';

/**
 * Switches between light and dark.
 *
 * @example
 * <ColorModeButton />
 */
export function ColorModeButton() {
  const isDark = useDarkMode();
  return (
    <button
      type="button"
      className="plain-button color-mode"
      aria-label="Dark mode"
      aria-pressed={isDark}
      onClick={toggleColorMode}
    >
      <Icon icon={isDark ? 'sun' : 'moon'} iconLibrary="lucide" color="currentColor" size={16} />
    </button>
  );
}
