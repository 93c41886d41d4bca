/** @file Panels that stay when their extension host is gone: nobody answers them any more. */
import * as vscode from 'vscode';

/**
 * Closes panels of a view type that are not this host's. When an extension host is killed, its
 * panels stay, but VS Code connects them to no later host.
 */
export async function closeOrphans(viewType: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const orphans = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType),
  );
  if (orphans.length > 0) await vscode.window.tabGroups.close(orphans);
}
