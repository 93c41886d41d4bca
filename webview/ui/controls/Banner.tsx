/** @file A sentence the user should read, with what can be done about it. */
import type { ComponentChildren } from 'preact';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';

export type Severity = 'information' | 'warning' | 'error';

export interface BannerProps {
  readonly severity: Severity;
  readonly title?: string;
  readonly message: string;
  /** What to do, as a sentence of its own. */
  readonly remedy?: string | undefined;
  /** Called when the user has read it and wants it gone; without it the banner stays. */
  readonly onDismiss?: () => void;
  /** Buttons. */
  readonly children?: ComponentChildren;
}

const icons: Record<Severity, IconName> = {
  information: 'info',
  warning: 'warning',
  error: 'error',
};

/** Errors are announced at once; everything else waits to be read. */
export function Banner({ severity, title, message, remedy, onDismiss, children }: BannerProps) {
  return (
    <div class={`banner banner-${severity}`} role={severity === 'error' ? 'alert' : undefined}>
      <Icon name={icons[severity]} />
      <div class="banner-text">
        {title !== undefined && <p class="banner-title">{title}</p>}
        <p>{message}</p>
        {remedy !== undefined && <p>{remedy}</p>}
      </div>
      {children !== undefined && <div class="banner-actions">{children}</div>}
      {onDismiss !== undefined && (
        <Button label="Dismiss" icon="close" appearance="icon" onPress={onDismiss} />
      )}
    </div>
  );
}
