/** @file A button that copies a text, and shows for a moment that it did. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../controls/Button';
import { usePage } from './pageContext';

/** Milliseconds for which the button says that the text is copied. */
const shownFor = 1500;

export interface CopyButtonProps {
  readonly label: string;
  readonly text: string;
}

export function CopyButton({ label, text }: CopyButtonProps) {
  const { actions } = usePage();
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
        actions.copy(text, () => {
          setCopies((before) => before + 1);
        });
      }}
    />
  );
}
