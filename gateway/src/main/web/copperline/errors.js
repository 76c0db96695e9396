// What can go wrong on this side of the wire, and what a person can do about it.
const REMEDIES = {
  'insecure-context': 'Open this page over https, or on localhost: browsers give pages no microphone otherwise.',
  'microphone-refused': 'Allow the microphone: click the icon left of the address, set Microphone to Allow, and call again.',
  'microphone-missing': 'Plug in a microphone or headset, and call again.',
  'microphone-in-use': 'Close the other program that uses the microphone, and call again.',
  'gateway-unreachable': 'The gateway does not answer. Check your network; if it is fine, the gateway may be down.',
  'token-refused': 'Sign in again: the gateway does not take this token.',
  'connection-lost': 'The connection to the gateway was lost. Check your network and call again.',
  'media-not-supported': 'This browser cannot make calls. Use a current Chrome, Edge, Firefox or Safari.',
  'digits-not-possible': 'Digits can be sent once the call has sound.',
  'bad-digits': 'Digits are 0 to 9, *, #, A to D, and a comma for a pause of two seconds.',
  'call-ended': 'The call is over.',
  'phone-closed': 'Connect again.',
};

/** An error with a `code` for programs and a `remedy` for people. */
export class CopperlineError extends Error {
  constructor(code, message, remedy) {
    super(message ?? code);
    this.name = 'CopperlineError';
    this.code = code;
    this.remedy = remedy ?? REMEDIES[code] ?? message ?? 'Try again.';
  }

  /** What the gateway said in a message of type `error`. */
  static fromGateway({ code, detail }) {
    return code === 'unauthorized'
      ? new CopperlineError('token-refused', detail)
      : new CopperlineError(code, detail, detail);
  }

  /** Why getUserMedia failed (W3C Media Capture, section 10.3). */
  static fromMicrophone(error) {
    switch (error?.name) {
      case 'NotAllowedError':
      case 'SecurityError':
        return new CopperlineError('microphone-refused', 'The microphone was refused.');
      case 'NotFoundError':
      case 'OverconstrainedError':
        return new CopperlineError('microphone-missing', 'There is no microphone.');
      case 'NotReadableError':
      case 'AbortError':
        return new CopperlineError('microphone-in-use', 'The microphone cannot be opened.');
      default:
        return error instanceof CopperlineError
          ? error
          : new CopperlineError('media-not-supported', String(error?.message ?? error));
    }
  }
}
