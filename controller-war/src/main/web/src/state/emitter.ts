import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Something that tells listeners when it has changed. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** @returns what ends the listening */
  listen(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) {
      listener(value);
    }
  }
}

/** Renders a component anew when one of the emitters speaks, once a frame at most by Lit's batching. */
export class Follows implements ReactiveController {
  private ends: (() => void)[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly emitters: () => Emitter<never>[] | Emitter<void>[] | Emitter<any>[],
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.ends = this.emitters().map((emitter) =>
      (emitter as Emitter<unknown>).listen(() => this.host.requestUpdate()),
    );
  }

  hostDisconnected(): void {
    this.ends.forEach((end) => end());
    this.ends = [];
  }
}
