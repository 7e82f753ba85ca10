import { describe, expect, test } from 'vitest';
import { parseMetrics, slowest, sum } from '../src/server/metrics';
import { includes, isAtLeast } from '../src/state/rights';
import { allowed, type MenuEntry } from '../src/ui/menu-entries';

const PAGE = `# TYPE patchbay_nodes gauge
patchbay_nodes{kind="vpcs",mp_scope="application",state="started",} 2.0
patchbay_nodes{kind="qemu",mp_scope="application",state="started",} 1.0
patchbay_nodes{kind="qemu",mp_scope="application",state="stopped",} 7.0
patchbay_rest_requests_seconds_count{method="GET",mp_scope="application",route="/v2/a"} 2.0
patchbay_rest_requests_seconds_mean{method="GET",mp_scope="application",route="/v2/a"} 0.5
patchbay_rest_requests_seconds_max{method="GET",mp_scope="application",route="/v2/a"} 0.9
patchbay_rest_requests_seconds_count{method="GET",mp_scope="application",route="/v2/b"} 300
patchbay_rest_requests_seconds_mean{method="GET",mp_scope="application",route="/v2/b"} 0.01
nonsense
`;

describe('metrics', () => {
  const samples = parseMetrics(PAGE);

  test('are summed by their labels', () => {
    expect(sum(samples, 'patchbay_nodes', { state: 'started' })).toBe(3);
    expect(sum(samples, 'patchbay_links')).toBeUndefined();
  });

  test('tell which requests took longest in all', () => {
    expect(slowest(samples, 5)).toEqual([
      { route: 'GET /v2/b', requests: 300, mean: 0.01, most: 0 },
      { route: 'GET /v2/a', requests: 2, mean: 0.5, most: 0.9 },
    ]);
  });
});

describe('rights', () => {
  test('include those before them', () => {
    expect(includes('edit', 'operate')).toBe(true);
    expect(includes('view', 'operate')).toBe(false);
    expect(includes('', 'view')).toBe(false);
    expect(isAtLeast('auditor', 'user')).toBe(false);
    expect(isAtLeast('administrator', 'instructor')).toBe(true);
  });

  test('leave out items, and lines with nothing between them', () => {
    const run = () => undefined;
    const entries: MenuEntry[] = [
      { label: 'Start', needs: 'operate', run },
      '-',
      { label: 'Look', run },
      '-',
      { label: 'Rename', needs: 'edit', run },
      '-',
      { label: 'Delete', needs: 'own', run },
    ];
    const names = (has: string) =>
      allowed(entries, (right) => includes(has, right)).map((one) => (one === '-' ? one : one.label));
    expect(names('view')).toEqual(['Look']);
    expect(names('operate')).toEqual(['Start', '-', 'Look']);
    expect(names('own')).toHaveLength(7);
  });
});
