// A connection to the gateway that served this page. It never connects anywhere else.
export class Gateway extends EventTarget {
  #socket;
  #waiting = new Map();
  #next = 0;

  constructor(url) {
    super();
    this.url = url;
  }

  connect(secret) {
    return new Promise((resolve, reject) => {
      const socket = (this.#socket = new WebSocket(this.url));
      let hello = false;
      socket.onmessage = async ({ data }) => {
        const frame = JSON.parse(data);
        if (frame.type === "res") return this.#settle(frame);
        if (frame.event !== "connect.challenge") return this.dispatchEvent(new CustomEvent(frame.event, { detail: frame.payload }));
        try {
          const answer = await this.request("connect", connectParams(secret));
          hello = true;
          resolve(answer);
        } catch (error) {
          reject(error);
        }
      };
      socket.onclose = ({ code, reason }) => {
        const error = new Error(reason || `The gateway closed the connection (${code}).`);
        for (const { reject: fail } of this.#waiting.values()) fail(error);
        this.#waiting.clear();
        if (hello) this.dispatchEvent(new CustomEvent("closed", { detail: { code, reason } }));
        else reject(error);
      };
    });
  }

  request(method, params) {
    const id = `page-${++this.#next}`;
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return reject(new Error("Not connected."));
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ type: "req", id, method, params }));
    });
  }

  #settle({ id, ok, payload, error }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (ok) waiting?.resolve(payload);
    else waiting?.reject(new Error(error.message));
  }
}

// Which of the two the gateway looks at depends on its auth mode.
function connectParams(secret) {
  return {
    minProtocol: 3,
    maxProtocol: 3,
    client: { id: "webchat-ui", version: "1", platform: "web", mode: "webchat", displayName: "Gateway page" },
    role: "operator",
    scopes: ["operator.read", "operator.write"],
    auth: { token: secret, password: secret },
  };
}
