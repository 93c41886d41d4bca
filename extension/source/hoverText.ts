/**
 * @file What a hover says of a trace point: shape and axes, numbers of the value and its gradient,
 * cost, explanation, and where to go from there.
 */
import * as vscode from 'vscode';
import { axisText } from '../../webview/config/axes';
import { axisMeaning } from '../../webview/config/axisMeanings';
import { formatCount } from '../../webview/config/counts';
import { formatBytes } from '../../webview/config/memory';
import { formatMany, formatValue } from '../../webview/formats/numbers';
import type { PointDescription } from '../../webview/protocol/inspectionApi';
import type { Seen } from '../engine/inspection';
import { histogramText } from './histogram';
import {
  ageText,
  axesOf,
  isAttention,
  isElsewhere,
  numbersText,
  shapeText,
  statisticsText,
  type Moment,
  type ShownPoint,
} from './pointText';

/** Commands that a hover may run, and no others. */
const enabledCommands = [
  'transformerPlayground.explain',
  'transformerPlayground.showInPlayground',
  'transformerPlayground.showAttention',
] as const;

/** Markdown, so that VS Code draws it in its own style. */
export function hoverText(point: ShownPoint, moment: Moment): vscode.MarkdownString {
  const { record, path, described } = point;
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands };
  text.supportThemeIcons = true;
  const title = `**${path ?? record.id}**\u2002${shapeText(point)}`;
  text.appendMarkdown(`${title}\n\n${axisTable(point)}\n\n${numbers(point, moment)}\n\n`);
  if (described !== undefined) text.appendMarkdown(`${costText(described)}\n\n`);
  // Before the explanation: a hover is short, and what is below is scrolled to.
  text.appendMarkdown(links(point).join('\u2002·\u2002'));
  text.appendMarkdown(`\n\n---\n\n${record.explanation}\n`);
  text.appendCodeblock(record.formula, 'text');
  return text;
}

function axisTable(point: ShownPoint): string {
  const axes = axesOf(point);
  if (axes.length === 0) return vscode.l10n.t('One number for the whole batch.');
  return axes.map((axis) => `- \`${axisText(axis)}\` ${axisMeaning(axis.name)}`).join('\n');
}

function numbers(point: ShownPoint, moment: Moment): string {
  const { value, gradient } = point.seen;
  if (value === undefined || isElsewhere(point)) return `*${numbersText(point, moment)}*`;
  const isOne = axesOf(point).length === 0;
  const name = isOne
    ? vscode.l10n.t('Value')
    : vscode.l10n.t('Value, with mean μ and standard deviation σ');
  const lines = [seenText(name, value, isOne, moment)];
  if (gradient !== undefined) {
    lines.push(seenText(vscode.l10n.t('Gradient of the loss'), gradient, isOne, moment));
  }
  return lines.join('\n\n');
}

/** Numbers, age, and the histogram from the least to the greatest. */
function seenText(name: string, seen: Seen, isOne: boolean, moment: Moment): string {
  const { statistics } = seen;
  const { min, max, histogram } = statistics;
  const line = `${name}: ${statisticsText(statistics, isOne)} · ${ageText(seen, moment)}`;
  if (histogram.length === 0 || min === max) return line;
  const spread = max - min;
  const columns = `${formatValue(min, spread)} ${histogramText(histogram)} ${formatValue(max, spread)}`;
  return `${line}\n\n\`${columns}\``;
}

function costText({ flops, bytes, parameters }: PointDescription): string {
  const cost = vscode.l10n.t(
    'A step: {0} FLOPs forward, {1} of memory',
    formatMany(flops),
    formatBytes(bytes),
  );
  return parameters === 0
    ? cost
    : vscode.l10n.t('{0}, {1} parameters', cost, formatCount(parameters));
}

function links(point: ShownPoint): string[] {
  const { record, path } = point;
  const here = isElsewhere(point) ? undefined : path;
  return [
    ...(here === undefined
      ? []
      : [link(vscode.l10n.t('Show in Playground'), 'showInPlayground', { path: here })]),
    ...(here !== undefined && isAttention(point)
      ? [link(vscode.l10n.t('Attention Heatmap'), 'showAttention', { path: here })]
      : []),
    link(vscode.l10n.t('Explanation'), 'explain', { id: record.id }),
    ...(record.paper === undefined
      ? []
      : [`[${vscode.l10n.t('Paper')}](${record.paper.url} "${record.paper.title}")`]),
  ];
}

function link(label: string, command: string, argument: object): string {
  const query = encodeURIComponent(JSON.stringify([argument]));
  return `[${label}](command:transformerPlayground.${command}?${query})`;
}
