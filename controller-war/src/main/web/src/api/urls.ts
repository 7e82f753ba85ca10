/** Where the pages lie on the server; whatever comes before it is a reverse proxy's path. */
const PAGES = '/static/web-ui/';

/** The path that a reverse proxy puts before every address; empty without one. */
export function prefixOf(pathname: string): string {
  const at = pathname.indexOf(PAGES);
  return at < 0 ? '' : pathname.slice(0, at);
}

/** The address of a route of the API, such as `/projects`. */
export function apiUrl(path: string): string {
  return `${prefixOf(location.pathname)}/v2${path}`;
}

/** The address of something that the server has beside the API, such as `/health`. */
export function serverUrl(path: string): string {
  return `${prefixOf(location.pathname)}${path}`;
}

/** The address of a WebSocket of the API. */
export function socketUrl(path: string): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${location.host}${apiUrl(path)}`;
}

/** The picture of a symbol, such as `:/symbols/router.svg`. */
export function symbolUrl(symbol: string): string {
  return apiUrl(`/symbols/${symbol.split('/').map(encodeURIComponent).join('/').replace('%3A', ':')}/raw`);
}
