/** One figure of a page of metrics in the text format of Prometheus. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** The figures of such a page; what is no figure is passed over. */
export function parseMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const found = line.startsWith('#') ? null : LINE.exec(line);
    const value = Number(found?.[3]);
    if (!found || Number.isNaN(value)) {
      return [];
    }
    const labels = Object.fromEntries(
      [...(found[2] ?? '').matchAll(LABEL)].map(([, name, text]) => [name!, text!]),
    );
    return [{ name: found[1]!, labels, value }];
  });
}

/** The sum of those with this name and these labels; undefined if there is none. */
export function sum(
  samples: Sample[],
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const found = samples.filter(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  return found.length > 0 ? found.reduce((total, { value }) => total + value, 0) : undefined;
}

/** A route and how long its requests took. */
export interface Timing {
  route: string;
  requests: number;
  /** In seconds. */
  mean: number;
  most: number;
}

const TIMER = 'patchbay_rest_requests_seconds';

/** The routes whose requests took longest in all, the worst first. */
export function slowest(samples: Sample[], most: number): Timing[] {
  const timings = samples
    .filter((sample) => sample.name === `${TIMER}_count` && sample.value > 0)
    .map(({ labels, value }) => ({
      route: Object.values(labels).filter((text) => text !== 'application').join(' '),
      requests: value,
      mean: sum(samples, `${TIMER}_mean`, labels) ?? 0,
      most: sum(samples, `${TIMER}_max`, labels) ?? 0,
    }));
  return timings.sort((a, b) => b.mean * b.requests - a.mean * a.requests).slice(0, most);
}
