/** @file Where one token looks: its largest weights as bars, and how spread out the rest is. */
import { formatCount, formatTokens } from '../../config/counts';
import { formatWeight, nameToken } from './reading';
import { entropyOf, topKeys, visibleKeys, type Cell, type Weights } from './weights';

interface RowBarsProps {
  readonly weights: Weights;
  readonly labels: readonly string[];
  readonly cell: Cell | undefined;
}

/** Keys that have a bar. */
const shown = 8;

export function RowBars({ weights, labels, cell }: RowBarsProps) {
  // Of a text that nobody has pointed at, the last token: it decides what comes next.
  const query = cell?.query ?? weights.size - 1;
  const top = topKeys(weights, query, shown);
  const keys = visibleKeys(weights, query);
  const others = keys - top.length;
  const rest = 1 - top.reduce((sum, { weight }) => sum + weight, 0);
  // Entropy as a number that can be pictured: of so many equal weights it would be the same.
  const spread = 2 ** entropyOf(weights, query);
  return (
    <div class="row-bars">
      <h4>{nameToken(labels, query)} looks at</h4>
      <ol>
        {top.map(({ key, weight }) => (
          <li class={`row-bar${key === cell?.key ? ' row-bar-looked' : ''}`} key={key}>
            <span class="row-bar-token" title={nameToken(labels, key)}>
              {labels[key]} ({key})
            </span>
            <span class="row-bar-track" aria-hidden="true">
              <span
                class="row-bar-fill"
                style={{ display: 'block', width: `${Math.min(100, Math.max(0, weight * 100))}%` }}
              />
            </span>
            <span>{formatWeight(weight)}</span>
          </li>
        ))}
      </ol>
      <p class="row-bars-note">
        {others > 0 && `${formatCount(others)} more share ${formatWeight(Math.max(0, rest))}. `}
        {Number.isFinite(spread) &&
          `As spread as over ${spread.toFixed(1)} equal weights; ${formatTokens(keys)} can be looked at.`}
      </p>
    </div>
  );
}
