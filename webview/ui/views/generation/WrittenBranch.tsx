/** @file The branch that is read: its text as it grows, what became of it, what to do with it. */
import { formatCount, formatTokens } from '../../../config/counts';
import { Banner } from '../../controls/Banner';
import { Button } from '../../controls/Button';
import { CopyButton } from '../../controls/CopyButton';
import { useFollowedEnd } from '../../controls/followedEnd';
import { Panel } from '../../controls/Panel';
import { formatSpeed } from '../../format';
import { endings } from '../endings';
import { textOf, type Branch } from './branches';
import { useGeneration } from './generationContext';
import { isGoing } from './generationState';
import { bands } from './probability';
import { alternativesId } from './TokenDetail';
import { EndOfText, WrittenTokens } from './WrittenTokens';
import './written.css';
import '../../controls/caret.css';

export function WrittenBranch() {
  const { state } = useGeneration();
  const branch = state.chosen.value;
  if (branch === undefined) {
    return (
      <Panel id="written" title="Text">
        <p class="panel-note">Choose a text among the branches to read it here.</p>
      </Panel>
    );
  }
  return <Text branch={branch} />;
}

function Text({ branch }: { readonly branch: Branch }) {
  const { state, actions } = useGeneration();
  const { prompt, progress } = branch;
  const tokens = state.tokens.value;
  const going = isGoing(progress);
  const { box, end } = useFollowedEnd<HTMLPreElement, HTMLParagraphElement>({
    begun: going ? branch.id : undefined,
    grown: `${progress.phase} ${tokens.length}`,
  });
  const isEnded = progress.phase === 'done' && progress.ended === 'end-of-text';
  const runId = state.view.value?.run?.runId;
  const why = whyNotOn(branch, runId, isEnded) ?? state.goingOnObstacle.value;
  return (
    <Panel
      id="written"
      title="Text"
      actions={
        <>
          <Button
            label="Continue"
            disabled={going || why !== undefined}
            hint={why ?? 'Goes on at the end of this text, with the sampling chosen now.'}
            onPress={actions.goOn}
          />
          <CopyButton
            label="Copy the text"
            copy={(onCopied) => {
              actions.copy(textOf(state.branches.peek(), branch), onCopied);
            }}
          />
        </>
      }
    >
      {progress.phase === 'failed' && (
        <Banner
          severity="error"
          message={progress.failure.message}
          remedy={progress.failure.remedy}
        />
      )}
      <pre class="written" ref={box}>
        {prompt !== '' && <span class="written-prompt">{prompt}</span>}
        {tokens.length > 0 && (
          <WrittenTokens
            label="What the model wrote, token by token"
            tokens={tokens}
            chosen={state.token.value}
            onChoose={(index) => {
              // What the keys lead to goes before what the pointer was left on.
              state.pointed.value = undefined;
              state.token.value = index;
            }}
            onPoint={(index) => {
              state.pointed.value = index;
            }}
            onOpen={() => {
              document.querySelector<HTMLElement>(`#${alternativesId} [tabindex="0"]`)?.focus();
            }}
          />
        )}
        {isEnded && <EndOfText />}
        {going && <span class="caret" aria-hidden="true" />}
      </pre>
      <p class="written-about" ref={end}>
        {outcome(branch, tokens.length)}
      </p>
      <Legend />
    </Panel>
  );
}

/** Why a text cannot be gone on with; undefined where it can. */
function whyNotOn(branch: Branch, runId: string | undefined, isEnded: boolean): string | undefined {
  if (runId !== undefined && branch.runId !== runId) {
    return 'Another model wrote this text: generate a new one.';
  }
  return isEnded ? 'The model has ended this text.' : undefined;
}

function outcome({ progress, sampling }: Branch, count: number): string {
  const { temperature, seed } = sampling;
  const how = `Temperature ${temperature}, seed ${seed}`;
  const tokens = formatTokens(count);
  switch (progress.phase) {
    case 'waiting':
      return `Waiting for the texts before it. ${how}.`;
    case 'writing':
      return `Writing … ${tokens}. ${how}.`;
    case 'stopped':
      return `Stopped after ${tokens}. Continue writes on from here. ${how}.`;
    case 'failed':
      return `${tokens} ${count === 1 ? 'was' : 'were'} written before. ${how}.`;
    case 'done': {
      const { step, tokensPerSecond, ended } = progress;
      return `${tokens}, ${formatSpeed(tokensPerSecond)}, weights of step ${formatCount(step)}; it ${endings[ended]}. ${how}.`;
    }
    default:
      return progress satisfies never;
  }
}

/** What tint and underline mean. */
function Legend() {
  return (
    <ul class="likely-legend" aria-label="How likely each token was">
      {bands.map(({ label }, index) => (
        <li key={label}>
          <span class={`written-token likely-${index}`} aria-hidden="true">
            ab
          </span>{' '}
          {label}
        </li>
      ))}
    </ul>
  );
}
