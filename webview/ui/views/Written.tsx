/** @file What became of a prompt: the text as it grows, and what is to be said of it. */
import { formatCount, formatTokens } from '../../config/counts';
import { Banner } from '../controls/Banner';
import { useFollowedEnd } from '../controls/followedEnd';
import { formatSpeed } from '../format';
import type { Generation } from '../state/playgroundState';
import { CopyButton } from './CopyButton';
import { endings } from './endings';
import { WrittenText } from './WrittenText';
import '../controls/caret.css';

type Begun = Exclude<Generation, { phase: 'none' }>;

export function Written({ generation }: { readonly generation: Begun }) {
  const { prompt, text, phase } = generation;
  const { box, end } = useFollowedEnd<HTMLPreElement, HTMLParagraphElement>({
    begun: phase === 'writing' ? generation.id : undefined,
    grown: `${phase} ${text.length}`,
  });
  return (
    <div class="generation">
      {phase === 'failed' && generation.failure !== undefined && (
        <Banner
          severity="error"
          message={generation.failure.message}
          remedy={generation.failure.remedy}
        />
      )}
      {(phase !== 'failed' || text !== '') && (
        <pre class="written" ref={box} aria-label="What the model wrote" tabIndex={0}>
          <WrittenText prompt={prompt} text={text} ended={phase !== 'writing'} />
          {phase === 'writing' && <span class="caret" aria-hidden="true" />}
        </pre>
      )}
      <p class="generation-about" ref={end}>
        {outcome(generation)}
        {phase !== 'writing' && text !== '' && (
          <CopyButton label="Copy the text" text={prompt + text} />
        )}
      </p>
    </div>
  );
}

function outcome(generation: Begun): string {
  switch (generation.phase) {
    case 'writing':
      return 'Writing …';
    case 'stopped':
      return 'Stopped.';
    case 'failed':
      return '';
    case 'done': {
      const { tokens, tokensPerSecond, ended, step } = generation.result;
      return `${formatTokens(tokens)}, ${formatSpeed(tokensPerSecond)}, with the weights of step ${formatCount(step)}; it ${endings[ended]}.`;
    }
    default:
      return generation satisfies never;
  }
}
