/** Something that happens, told to whoever listens. */
export class Emitter {
  #listeners = new Map();

  /**
   * Calls `listener` each time `event` happens.
   * @returns {() => void} stops it
   */
  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Calls `listener` the next time only. */
  once(event, listener) {
    const stop = this.on(event, (...details) => {
      stop();
      listener(...details);
    });
    return stop;
  }

  off(event, listener) {
    this.#listeners.get(event)?.delete(listener);
  }

  emit(event, ...details) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(...details);
      } catch (error) {
        // A listener's mistake is its page's to see, and must not end a call.
        globalThis.reportError?.(error);
      }
    }
  }
}
