import { createServer, request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect, type AddressInfo } from 'node:net';

export interface PrefixProxy {
  address: string;
  /** Hangs up on everybody and on who comes, as if it were not there; its port stays its own. */
  leave(): void;
  comeBack(): void;
  close(): Promise<void>;
}

/** A reverse proxy on loopback that serves another server below a path. */
export async function behindPrefix(target: string, prefix: string): Promise<PrefixProxy> {
  const { hostname, port } = new URL(target);
  const inside = (asked: IncomingMessage) => (asked.url ?? '/').slice(prefix.length) || '/';
  const proxy = createServer((asked, answer) => {
    if (!asked.url?.startsWith(prefix)) {
      answer.writeHead(404).end();
      return;
    }
    const passed = request(
      {
        hostname,
        port,
        path: inside(asked),
        method: asked.method,
        headers: { ...asked.headers, 'x-forwarded-prefix': prefix },
      },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    passed.on('error', () => answer.writeHead(502).end());
    asked.pipe(passed);
  });
  const sockets = new Set<Duplex>();
  let away = false;
  const hangUp = () => {
    sockets.forEach((socket) => socket.destroy());
    proxy.closeAllConnections();
  };
  proxy.on('connection', (socket) => away && socket.destroy());
  proxy.on('upgrade', (asked, socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const there = connect(Number(port), hostname, () => {
      const headers = asked.rawHeaders
        .map((part, index) => (index % 2 ? `${part}\r\n` : `${part}: `))
        .join('');
      there.write(`GET ${inside(asked)} HTTP/1.1\r\n${headers}\r\n`);
      there.pipe(socket).pipe(there);
    });
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    leave: () => {
      away = true;
      hangUp();
    },
    comeBack: () => {
      away = false;
    },
    close: () =>
      new Promise((resolve) => {
        hangUp();
        proxy.close(() => resolve());
      }),
  };
}
