/** @file Why a panel has no answer, and what to do about it. */
import type { Failure } from '../../../../config/errors';
import { Icon } from '../../../controls/Icon';

export function FailureNote({ failure }: { readonly failure: Failure | undefined }) {
  if (failure === undefined) return null;
  return (
    <p class="field-error" role="alert">
      <Icon name="error" /> {failure.message} {failure.remedy}
    </p>
  );
}
