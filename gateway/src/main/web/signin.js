// Who we are: in the lab, whoever the address says; elsewhere, whoever the token says.

const KEY = 'copperline.token';
const wanted = new URLSearchParams(location.search).get('user') ?? 'alice';

/** The lab's token for the user in the address; undefined where this gateway has no lab. */
async function labToken() {
  const answer = await fetch(`/lab/token?user=${encodeURIComponent(wanted)}`);
  return answer.ok ? (await answer.json()).token : undefined;
}

/**
 * How to get a token here.
 * @returns {Promise<{lab: boolean, user?: string, getToken: () => Promise<string | undefined>}>}
 */
export async function findSignIn() {
  if (await labToken()) {
    return { lab: true, user: wanted, getToken: labToken };
  }
  return { lab: false, getToken: async () => sessionStorage.getItem(KEY) ?? undefined };
}

export function keepToken(token) {
  sessionStorage.setItem(KEY, token.trim());
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}
