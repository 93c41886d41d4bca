/** @file What the numbered vertical lines of a chart say. */
import { useState } from 'preact/hooks';
import { LinkButton } from '../controls/LinkButton';
import { describeMark, type ChartData } from './curves';

/** Marks that are listed at once; the first ones have told most of the story. */
const listed = 6;

export function MarkList({ data }: { readonly data: ChartData }) {
  const [all, setAll] = useState(false);
  const { marks = [] } = data;
  if (marks.length === 0) return null;
  const shown = all ? marks : marks.slice(0, listed);
  return (
    <div class="chart-marks">
      <ol aria-label="Marked on the curve">
        {shown.map((mark) => (
          <li key={mark.x}>{describeMark(data, mark)}</li>
        ))}
      </ol>
      {marks.length > listed && (
        <LinkButton
          label={all ? 'Show fewer marks' : `Show all ${marks.length} marks`}
          onPress={() => {
            setAll(!all);
          }}
        />
      )}
    </div>
  );
}
