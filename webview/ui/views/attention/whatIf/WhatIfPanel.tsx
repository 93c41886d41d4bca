/**
 * @file “What if”: parts of the model silenced or patched, and what becomes of the text. The run
 * does not change.
 */
import { Button } from '../../../controls/Button';
import { Icon } from '../../../controls/Icon';
import { Panel } from '../../../controls/Panel';
import { useAttention } from '../attentionContext';
import { FailureNote } from '../deeper/FailureNote';
import { ChangeForm } from './ChangeForm';
import { Outcome } from './Outcome';
import './whatIf.css';

export function WhatIfPanel() {
  const { deeper } = useAttention();
  const { whatIf } = deeper;
  const shown = whatIf.question.shown.value;
  const failure = whatIf.question.failure.value;
  const inForce = whatIf.inForce.value;
  return (
    <Panel id="what-if" title="Silence and patch">
      <div
        onKeyDown={(event) => {
          undoOnKey(event, whatIf.undo);
        }}
      >
        <p class="panel-note">
          Switch a part of the model off, or give it a value from another text, and see what the
          model loses. This shows what a part is needed for, which its attention alone does not. The
          run goes on unchanged.
        </p>
        <ChangeForm />
        <InForce />
        {inForce.length > 0 && failure === undefined && (
          <div aria-busy={whatIf.question.isAsking.value}>
            {shown === undefined ? (
              <p class="panel-note">Asking the model with and without the changes …</p>
            ) : (
              <Outcome {...shown} />
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}

/** Where text is typed, the key takes back what was typed. */
const typed = 'vscode-textarea, vscode-textfield, vscode-text-area, vscode-text-field';

function undoOnKey(event: KeyboardEvent, undo: () => void): void {
  const isUndo = event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  const isTyping = event.target instanceof Element && event.target.closest(typed) !== null;
  if (!isUndo || isTyping) return;
  event.preventDefault();
  undo();
}

/** The changes in force, each with its way out. */
function InForce() {
  const { deeper } = useAttention();
  const { whatIf } = deeper;
  const changes = whatIf.changes.value;
  const canUndo = whatIf.canUndo.value;
  const failure = whatIf.question.failure.value;
  return (
    <>
      <h3 id="what-if-changes" tabIndex={-1}>
        Changes in force
      </h3>
      {changes.length === 0 ? (
        <p class="panel-note">None: the model is as it was trained. Make a change above.</p>
      ) : (
        <ol class="changes" aria-labelledby="what-if-changes">
          {changes.map((change) => (
            <li key={change.name}>
              <span>{change.name}</span>
              <Button
                label={`Remove: ${change.name}`}
                icon="close"
                appearance="icon"
                next={['what-if-changes']}
                onPress={() => {
                  whatIf.remove(change);
                }}
              />
              <Obstacle reason={whatIf.obstacleTo(change)} />
            </li>
          ))}
        </ol>
      )}
      <FailureNote
        failure={failure && { ...failure, message: `Nothing is in force. ${failure.message}` }}
      />
      <div class="changes-buttons">
        <Button
          label="Undo"
          icon="discard"
          disabled={!canUndo}
          hint={canUndo ? 'Ctrl+Z, or ⌘Z' : 'Nothing has been changed yet.'}
          onPress={whatIf.undo}
        />
        <Button
          label="Remove All"
          icon="clear-all"
          disabled={changes.length === 0}
          hint={changes.length === 0 ? 'No change is in force.' : undefined}
          onPress={whatIf.removeAll}
        />
      </div>
    </>
  );
}

/** Why a change that is listed is not in force. */
function Obstacle({ reason }: { readonly reason: string | undefined }) {
  if (reason === undefined) return null;
  return (
    <p class="field-error" role="alert">
      <Icon name="error" /> Not in force: {reason}
    </p>
  );
}
