/** @file How far something has come: a share where it is known, a wandering bar where it is not. */

export interface ProgressBarProps {
  readonly label: string;
  /** 0 … 1; absent while it cannot be told. */
  readonly share?: number | undefined;
  /** The same in words, for assistive technology. */
  readonly text?: string | undefined;
}

export function ProgressBar({ label, share, text }: ProgressBarProps) {
  const percent =
    share === undefined ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return (
    <div
      class={`progress-bar${percent === undefined ? ' progress-bar-indeterminate' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <div
        class="progress-bar-done"
        style={percent === undefined ? {} : { width: `${percent}%` }}
      />
    </div>
  );
}
