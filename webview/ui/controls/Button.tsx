/** @file A button: a word, perhaps an icon, and what it does. */
import { useRef } from 'preact/hooks';
import { focusNext } from './focus';
import type { IconName } from './Icon';
import { toolkit, useNaming } from './toolkit';

export interface ButtonProps {
  readonly label: string;
  readonly icon?: IconName;
  /** `icon` shows the icon alone; the label becomes its accessible name and its tooltip. */
  readonly appearance?: 'primary' | 'secondary' | 'icon';
  /**
   * It cannot be pressed now. It keeps the focus all the same, which would be lost with it, and can
   * be asked why.
   */
  readonly disabled?: boolean;
  /** Why it cannot be pressed, or what it does beyond its label. */
  readonly hint?: string | undefined;
  /** Ids of what gets the focus when the button vanishes with it; see `focus.ts`. */
  readonly next?: readonly string[];
  readonly onPress: () => void;
}

export function Button(props: ButtonProps) {
  const { label, icon, appearance = 'secondary', disabled = false, hint, onPress } = props;
  const host = useRef<HTMLElement>(null);
  useNaming(host, { label, description: hint });
  const glyph = icon === undefined ? null : `codicon codicon-${icon}`;
  const iconOnly = appearance === 'icon' && glyph !== null;
  return toolkit(
    'button',
    {
      ref: host,
      appearance,
      'aria-disabled': disabled ? 'true' : undefined,
      ...focusNext(props.next),
      title: hint ?? (iconOnly ? label : undefined),
      onClick: () => {
        if (!disabled) onPress();
      },
    },
    glyph !== null && (
      <span slot={iconOnly ? undefined : 'start'} class={glyph} aria-hidden="true" />
    ),
    !iconOnly && label,
  );
}
