import { deferred } from './deferred.js';
import { CopperlineError } from './errors.js';

/** The wish that the carrier put a call's phone through to another, one at a time. */
export class Transfer {
  #wish;

  /**
   * Resolves when the carrier tries.
   * @param {() => void} send sends the wish; throws where there is no connection
   */
  async ask(send) {
    if (this.#wish) {
      throw new CopperlineError('transfer-not-possible', 'This call is being transferred already.');
    }
    this.#wish = deferred();
    try {
      send();
      await this.#wish.promise;
    } finally {
      this.#wish = undefined;
    }
  }

  taken() {
    this.#wish?.resolve();
  }

  refused(error) {
    this.#wish?.reject(error);
  }
}
