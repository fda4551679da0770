/** How wide a part of the page is, so that drawings are made to measure and their letters stay readable on a phone. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Width implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement;
  #most: number;
  #seen = 0;
  #observer = new ResizeObserver(() => this.now !== this.#seen && this.#host.requestUpdate());

  constructor(host: ReactiveControllerHost & HTMLElement, most: number) {
    this.#host = host;
    this.#most = most;
    host.addController(this);
  }

  /** In pixels, in steps of 20. */
  get now(): number {
    return Math.min(this.#most, Math.max(280, Math.floor(this.#host.clientWidth / 20) * 20));
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  hostUpdated(): void {
    this.#seen = this.now;
  }
}
