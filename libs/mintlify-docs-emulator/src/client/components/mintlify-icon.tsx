import type { ComponentProps, ReactNode } from 'react';
import { pageData } from '../page-data.js';
import { MintlifyIcon } from './original-icon.js';

type OriginalProps = ComponentProps<typeof MintlifyIcon>;
type IconStyle = OriginalProps['iconType'];

/** Props of an icon, as pages write them. */
export interface IconProps extends Omit<OriginalProps, 'icon' | 'iconType' | 'iconLibrary'> {
  icon?: ReactNode;
  iconType?: string;
  iconLibrary?: string;
}

const STYLES: readonly IconStyle[] = [
  'brands',
  'duotone',
  'light',
  'regular',
  'sharp-duotone-solid',
  'sharp-light',
  'sharp-regular',
  'sharp-solid',
  'sharp-thin',
  'solid',
  'thin',
];

/**
 * Mintlify's own icon, with the library of the site as its default. The build makes it ask the emulator for pictures,
 * and not Mintlify's host.
 *
 * @example
 * <Icon icon="rocket" iconType="solid" />
 */
export function Icon({ icon, iconType, iconLibrary, ...rest }: IconProps) {
  if (typeof icon !== 'string') return icon ?? null;
  if (icon.trim() === '') return null;
  return (
    <MintlifyIcon
      {...rest}
      icon={icon}
      // With any other style, Mintlify's icon shows nothing.
      iconType={STYLES.find((style) => style === iconType)}
      iconLibrary={(iconLibrary ?? pageData.iconLibrary) === 'fontawesome' ? 'fontawesome' : 'lucide'}
      basePath={pageData.basePath}
    />
  );
}
