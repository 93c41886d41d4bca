/** @file A button that copies something, and shows for a moment that it did. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from './Button';

/** Milliseconds for which the button says that it has copied. */
const shownFor = 1500;

export interface CopyButtonProps {
  readonly label: string;
  /** Copies; calls back when it has. */
  readonly copy: (onCopied: () => void) => void;
}

export function CopyButton({ label, copy }: CopyButtonProps) {
  // How often it has copied: each time has its moment anew.
  const [copies, setCopies] = useState(0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copies === 0) return;
    setCopied(true);
    const timer = setTimeout(() => {
      setCopied(false);
    }, shownFor);
    return () => {
      clearTimeout(timer);
    };
  }, [copies]);
  return (
    <Button
      label={label}
      icon={copied ? 'check' : 'copy'}
      appearance="icon"
      onPress={() => {
        copy(() => {
          setCopies((before) => before + 1);
        });
      }}
    />
  );
}
