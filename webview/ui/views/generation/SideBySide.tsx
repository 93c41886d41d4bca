/** @file Several texts from one prompt, side by side: seeds and temperatures to be compared. */
import { formatCount, formatTokens } from '../../../config/counts';
import { endOfTextLabel } from '../../../config/endOfText';
import { Button } from '../../controls/Button';
import { Panel } from '../../controls/Panel';
import { formatSpeed } from '../../format';
import { tokensOf, type Branch } from './branches';
import { useGeneration } from './generationContext';
import { bandOf } from './probability';
import { EndOfText } from './WrittenTokens';
import './sideBySide.css';
import './written.css';

export function SideBySide() {
  const { state } = useGeneration();
  return (
    <Panel id="several" title="Side by side">
      <ul class="cards">
        {state.beside.value.map((branch) => (
          <Card key={branch.id} branch={branch} />
        ))}
      </ul>
    </Panel>
  );
}

function Card({ branch }: { readonly branch: Branch }) {
  const { state } = useGeneration();
  const { id, sampling, progress, prompt } = branch;
  const tokens = tokensOf(state.branches.value, branch);
  const isChosen = id === state.chosenId.value;
  const name = `Temperature ${sampling.temperature}, seed ${sampling.seed}`;
  return (
    <li class={`card${isChosen ? ' card-chosen' : ''}`}>
      <div class="card-heading">
        <h3>{name}</h3>
        <Button
          label={isChosen ? 'Shown Below' : 'Show Below'}
          disabled={isChosen}
          hint={isChosen ? undefined : `Shows the text of ${name} token by token.`}
          onPress={() => {
            state.choose(id);
          }}
        />
      </div>
      <pre class="card-text" tabIndex={0} aria-label={`Text of ${name}`}>
        {prompt !== '' && <span class="written-prompt">{prompt}</span>}
        {tokens.map((token, index) => (
          <span key={index} class={`written-token likely-${bandOf(token.probability)}`}>
            {token.label === endOfTextLabel ? <EndOfText after={token.text} /> : token.text}
          </span>
        ))}
        {progress.phase === 'done' && progress.ended === 'end-of-text' && <EndOfText />}
      </pre>
      <p class="panel-note">{standing(branch)}</p>
    </li>
  );
}

function standing({ progress, tokens }: Branch): string {
  switch (progress.phase) {
    case 'waiting':
      return 'Waiting …';
    case 'writing':
      return 'Writing …';
    case 'stopped':
      return `Stopped after ${formatTokens(tokens.length)}.`;
    case 'failed':
      return `${progress.failure.message} ${progress.failure.remedy}`;
    case 'done':
      return `${formatTokens(tokens.length)}, ${formatSpeed(progress.tokensPerSecond)}, weights of step ${formatCount(progress.step)}`;
    default:
      return progress satisfies never;
  }
}
