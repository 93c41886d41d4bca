/** @file What the model makes of the text without the changes and with them, side by side. */
import { formatCount } from '../../../../config/counts';
import type { TokenView } from '../../../../protocol/attentionMaps';
import type { NextToken, WhatIfResult } from '../../../../protocol/whatIf';
import { LinkButton } from '../../../controls/LinkButton';
import { formatProbability } from '../../generation/probability';
import { useAttention } from '../attentionContext';
import { firstDifference, verdict } from './changes';
import type { AskedWhatIf } from './whatIfState';

interface OutcomeProps {
  readonly asked: AskedWhatIf;
  readonly answer: WhatIfResult;
}

export function Outcome({ asked, answer }: OutcomeProps) {
  const { deeper } = useAttention();
  const { whatIf } = deeper;
  const isBusy = whatIf.question.isAsking.value;
  return (
    <>
      <p class="verdict" role="status">
        {verdict(asked.changes, answer)}
      </p>
      <p class="panel-note">
        Step {formatCount(answer.step)}
        {isBusy && ' · asking again …'} <LinkButton label="Ask again" onPress={whatIf.askAgain} />
      </p>
      <NextTokens next={answer.next} />
      <Samples {...answer} />
    </>
  );
}

/** Bars and numbers: its own text twin. */
function NextTokens({ next }: Pick<WhatIfResult, 'next'>) {
  return (
    <table class="next-tokens">
      <caption>What comes next</caption>
      <thead>
        <tr>
          <th scope="col">token</th>
          <th scope="col">before</th>
          <th scope="col">after</th>
        </tr>
      </thead>
      <tbody>
        {next.map((one) => (
          <NextRow key={one.token.id} next={one} />
        ))}
      </tbody>
    </table>
  );
}

function NextRow({ next: { token, before, after } }: { readonly next: NextToken }) {
  return (
    <tr>
      <th scope="row">{token.label}</th>
      {[before, after].map((probability, place) => (
        <td key={place}>
          <span class="next-bar">
            <span class="next-bar-track" aria-hidden="true">
              <span class="row-bar-fill" style={{ width: `${probability * 100}%` }} />
            </span>
            {formatProbability(probability)}
          </span>
        </td>
      ))}
    </tr>
  );
}

function Samples({ before, after }: Pick<WhatIfResult, 'before' | 'after'>) {
  const [plain, changed] = [before.sample.tokens, after.sample.tokens];
  if (plain.length === 0 && changed.length === 0) {
    return (
      <p class="panel-note">
        The text is not continued: it fills all that the model sees at once, or the document ends
        here. Look at a shorter text to see how it goes on.
      </p>
    );
  }
  const place = firstDifference(plain, changed);
  return (
    <>
      <dl class="what-if-samples">
        <dt>Goes on, before</dt>
        <dd>
          <Sample tokens={plain} place={place} />
        </dd>
        <dt>Goes on, after</dt>
        <dd>
          <Sample tokens={changed} place={place} />
        </dd>
      </dl>
      <p class="panel-note">
        {place === undefined ? 'Both go on alike. ' : 'They part at the token that is marked. '}
        The likeliest token is taken each time, so that a difference comes from the changes alone.
      </p>
    </>
  );
}

interface SampleProps {
  readonly tokens: readonly TokenView[];
  readonly place: number | undefined;
}

function Sample({ tokens, place = tokens.length }: SampleProps) {
  const text = (part: readonly TokenView[]): string => part.map(({ label }) => label).join('');
  const different = tokens[place];
  return (
    <>
      {text(tokens.slice(0, place))}
      {different !== undefined && <mark>{different.label}</mark>}
      {text(tokens.slice(place + 1))}
      {tokens.length === 0 && <em>It ends at once.</em>}
    </>
  );
}
