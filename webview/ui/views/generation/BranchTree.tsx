/** @file The texts that were written and how they branch: go back to any, delete, undo. */
import { Button } from '../../controls/Button';
import { focusNext } from '../../controls/focus';
import { LinkButton } from '../../controls/LinkButton';
import { Panel } from '../../controls/Panel';
import { itemForKey } from '../../controls/roving';
import { announce } from '../../state/announce';
import { branchName, forkName } from './branchNames';
import type { BranchRow } from './branches';
import { useGeneration } from './generationContext';
import { isGoing } from './generationState';
import './branchTree.css';

const undoId = 'undo-delete';

export function BranchTree() {
  const { state } = useGeneration();
  const rows = state.rows.value;
  const deleted = state.deleted.value;
  if (rows.length === 0 && deleted === undefined) return null;
  const remove = (): void => {
    const count = state.branches.peek().length;
    state.deleteChosen();
    const gone = count - state.branches.peek().length;
    if (gone > 0) announce(state.announcement, `Deleted. Undo brings it back.`);
  };
  return (
    <Panel
      id="branches"
      title="Branches"
      actions={
        <Button
          label="Delete Branch"
          icon="close"
          appearance="icon"
          hint="Deletes the chosen branch and those that left it (Delete)."
          disabled={state.chosen.value === undefined || state.isWriting.value}
          next={[undoId]}
          onPress={remove}
        />
      }
    >
      {rows.length > 0 && <Tree rows={rows} onDelete={remove} />}
      {deleted !== undefined && (
        <p class="branches-deleted">
          {deleted.count === 1 ? 'A branch is' : `${deleted.count} branches are`} deleted.{' '}
          <LinkButton
            id={undoId}
            label="Undo"
            next={['branches']}
            onPress={() => {
              state.undoDelete();
              announce(state.announcement, 'It is back');
            }}
          />
        </p>
      )}
    </Panel>
  );
}

interface TreeProps {
  readonly rows: readonly BranchRow[];
  readonly onDelete: () => void;
}

function Tree({ rows, onDelete }: TreeProps) {
  const { state } = useGeneration();
  const branches = state.branches.value;
  const chosen = state.chosenId.value;
  const reached = rows.some(({ branch }) => branch.id === chosen) ? chosen : rows[0]?.branch.id;
  return (
    <div
      class="branch-tree"
      role="tree"
      aria-label="Branches"
      {...focusNext([undoId])}
      onKeyDown={(event) => {
        const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
        const index = items.findIndex((item) => item === event.target);
        if (event.key === 'Delete' && !state.isWriting.peek()) {
          event.preventDefault();
          onDelete();
          return;
        }
        const next = itemForKey(event.key, items, index, { along: 'column' });
        const id = next === undefined ? undefined : rows[next]?.branch.id;
        if (next === undefined || id === undefined) return;
        event.preventDefault();
        state.choose(id);
        items[next]?.focus();
      }}
    >
      {rows.map(({ branch, level, position, siblings }) => {
        const { id, fork } = branch;
        const at = fork && forkName(branches, branch);
        return (
          <div
            key={id}
            role="treeitem"
            class={`branch${isGoing(branch.progress) ? ' branch-writing' : ''}`}
            style={{ paddingInlineStart: `${6 + (Math.min(level, 8) - 1) * 12}px` }}
            aria-level={level}
            aria-posinset={position}
            aria-setsize={siblings}
            aria-selected={id === chosen}
            tabIndex={id === reached ? 0 : -1}
            onClick={() => {
              state.choose(id);
            }}
          >
            {at !== undefined && <span class="branch-fork">{at} </span>}
            <span class="branch-words">{branchName(branch)}</span>
          </div>
        );
      })}
    </div>
  );
}
