import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { User } from './browser';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Found {
  id: string;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

/**
 * What axe finds wrong on the page, a line each.
 *
 * @param rules those alone; all of them otherwise
 */
export async function violations(user: User, rules?: string[]): Promise<string[]> {
  if (!(await user.page.evaluate(() => 'axe' in window))) {
    await user.page.evaluate(await readFile(AXE, 'utf8'));
  }
  return user.page.evaluate(async (only) => {
    const { axe } = window as unknown as {
      axe: { run(options: { runOnly?: string[]; resultTypes: string[] }): Promise<{ violations: Found[] }> };
    };
    const found = await axe.run({ resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) });
    return found.violations.flatMap((one) =>
      one.nodes.map((node) => `${one.id}: ${one.help}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
  }, rules);
}

/** What it finds wrong in light colours, and of the colours in dark ones: all else is the same in both. */
export async function violationsInBoth(user: User): Promise<string[]> {
  const light = await violations(user);
  await user.page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(user, ['color-contrast']);
  await user.page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((one) => `in dark colours, ${one}`)];
}

/** What axe found at several places, each with the name of its place. */
export function listed(found: Record<string, string[]>): string[] {
  return Object.entries(found).flatMap(([where, all]) => all.map((one) => `${where}: ${one}`));
}
