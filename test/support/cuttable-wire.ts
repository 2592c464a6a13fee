import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** A stretch of network before a server, which a test can cut and mend. */
export class CuttableWire {
  private readonly sockets = new Set<net.Socket>();
  private server = net.createServer();
  private port = 0;

  private constructor(private readonly target: URL) {}

  static async to(url: string): Promise<CuttableWire> {
    const wire = new CuttableWire(new URL(url));
    await wire.mend();
    return wire;
  }

  /** The server's own URL, but along the wire. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.toString();
  }

  /** Ends every connection and takes no new ones, as a server that is gone. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Takes connections again, under the same address. */
  async mend(): Promise<void> {
    this.server = net.createServer((near) => this.join(near));
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  private join(near: net.Socket): void {
    const far = net.connect(Number(this.target.port), this.target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.sockets.delete(socket) && other.destroy());
    }
  }
}
