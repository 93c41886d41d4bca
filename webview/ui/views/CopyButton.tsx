/** @file A button of the playground page that copies a text. */
import { CopyButton as Button } from '../controls/CopyButton';
import { usePage } from './pageContext';

export interface CopyButtonProps {
  readonly label: string;
  readonly text: string;
}

export function CopyButton({ label, text }: CopyButtonProps) {
  const { actions } = usePage();
  return (
    <Button
      label={label}
      copy={(onCopied) => {
        actions.copy(text, onCopied);
      }}
    />
  );
}
