/** @file What each head does, and how that is found out. */
import { formatCount } from '../../../config/counts';
import { headRoles, type HeadRole, type HeadRolesFound } from '../../../protocol/attentionMaps';
import { Button } from '../../controls/Button';
import { Panel } from '../../controls/Panel';
import { useAttention } from './attentionContext';
import { FailureNote } from './deeper/FailureNote';
import { formatChange, roleWords, scoresOf } from './roleNames';
import { headName } from './shownMaps';
import './headRoles.css';

const scored = headRoles.filter((role): role is Exclude<HeadRole, 'mixed'> => role !== 'mixed');

export function RolesPanel() {
  const { state, actions } = useAttention();
  const roles = state.roles.value;
  const silencing = state.silencing.value;
  const unscored = state.unscored.value;
  if (state.maps.value === undefined) return null;
  const busy = state.isScoring.value;
  return (
    <Panel
      id="roles"
      title="What each head does"
      actions={
        <Button
          label={busy ? 'Silencing …' : 'Silence Each Head in Turn'}
          disabled={busy}
          hint="A pass for each head: how much the loss on the run’s own text changes without it."
          onPress={actions.silenceHeads}
        />
      }
    >
      <p class="panel-note">
        Scored on random tokens that come twice in a row, not on this text: what a head does there
        cannot come from the meaning of the words. A role is named where its score is above 0.4 and
        three times that of even attention, which looks at all tokens alike.
        {roles !== undefined &&
          ` They repeat after ${formatCount(roles.period)} tokens, the period. Scored at step ${formatCount(roles.step)}.`}
        {silencing !== undefined && ` Silenced at step ${formatCount(silencing.step)}.`}
      </p>
      <FailureNote failure={unscored} />
      {roles !== undefined && <Scores roles={roles} silencing={silencing} />}
      {roles === undefined && unscored === undefined && (
        <p class="panel-note">The scores come with one of the next pictures.</p>
      )}
      <dl class="role-meanings">
        {headRoles.map((role) => (
          <div key={role}>
            <dt>{roleWords[role].name}</dt>
            <dd>{roleWords[role].meaning}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

interface ScoresProps {
  readonly roles: HeadRolesFound;
  readonly silencing: HeadRolesFound | undefined;
}

function Scores({ roles, silencing }: ScoresProps) {
  return (
    <div class="roles-scroll" tabIndex={0} role="region" aria-label="Scores of the heads">
      <table class="attention-table">
        <thead>
          <tr>
            <th scope="col">Head</th>
            <th scope="col">Role</th>
            <th scope="col" title="Change of the loss, in nats">
              If silenced
            </th>
            {scored.map((role) => (
              <th scope="col" key={role}>
                {roleWords[role].name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roles.heads.map((head) => {
            const silenced = scoresOf(silencing, head)?.silenced;
            return (
              <tr key={headName(head)}>
                <th scope="row">{headName(head)}</th>
                <td>{roleWords[head.role].name}</td>
                <td>{silenced === undefined ? '–' : formatChange(silenced)}</td>
                {scored.map((role) => (
                  <td key={role} class={role === head.role ? 'role-named' : undefined}>
                    {head.scores[role].toFixed(2)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Even attention</th>
            <td />
            <td />
            {scored.map((role) => (
              <td key={role}>{roles.even[role].toFixed(2)}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
