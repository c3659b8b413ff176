// Compiled, never run: the generated types take what the protocol takes and refuse what it refuses.
import {
  ErrorCodes,
  ProtocolLimits,
  type ChatSendParams,
  type EmptyParams,
  type GatewayEvent,
  type GatewayEvents,
  type GatewayFrame,
  type GatewayMethod,
  type GatewayMethods,
  type HelloOk,
  type SessionsPatchParams,
} from "../../Gateway.Protocol/Generated/protocol.js";

declare function request<M extends GatewayMethod>(method: M, params: GatewayMethods[M]["params"]): Promise<GatewayMethods[M]["result"]>;
declare function on<E extends GatewayEvent>(event: E, listener: (payload: GatewayEvents[E]) => void): void;

export async function accepted(): Promise<string | undefined> {
  const send: ChatSendParams = { sessionKey: "main", message: "hi", idempotencyKey: "k", attachments: [{ any: 1 }] };
  const sent = await request("chat.send", send);
  const hello: HelloOk = await request("connect", {
    minProtocol: ProtocolLimits.oldestVersion,
    maxProtocol: ProtocolLimits.newestVersion,
    client: { id: "cli", version: "1", platform: "linux", mode: "cli" },
    permissions: { camera: true },
  });
  const added: unknown = hello["somethingNew"];
  const patch: SessionsPatchParams = { key: "k", label: null, sendPolicy: "deny" };
  await request("sessions.patch", patch);
  await request("agents.list", {});
  on("chat", (chat) => {
    if (chat.state === "delta") void [chat.deltaText?.length, chat.seq.toFixed()];
  });
  on("shutdown", ({ restartExpectedMs }) => restartExpectedMs?.toFixed());
  void added;
  return sent.status === "error" ? ErrorCodes.unavailable : sent.runId;
}

export function narrowed(frame: GatewayFrame): string {
  switch (frame.type) {
    case "req":
      return frame.method;
    case "res":
      return frame.ok ? frame.id : (frame.error?.message ?? "");
    case "event":
      return frame.event;
  }
}

export function refused(): void {
  // @ts-expect-error a required property is missing
  void request("chat.send", { sessionKey: "main", message: "hi" });
  // @ts-expect-error an unexpected property
  void request("chat.abort", { sessionKey: "main", all: true });
  // @ts-expect-error a wrong type
  void request("logs.tail", { limit: "5" });
  // @ts-expect-error not one of the values
  void request("sessions.patch", { key: "k", sendPolicy: "maybe" });
  // @ts-expect-error null does not clear this one
  void request("sessions.resolve", { label: null });
  // @ts-expect-error no such method
  void request("chat.sent", {});
  // @ts-expect-error an event's name is no method's
  on("chat.send", () => undefined);
  // @ts-expect-error params that must be empty
  const empty: EmptyParams = { probe: true };
  // @ts-expect-error constants cannot be changed
  ErrorCodes.unavailable = "x";
  void empty;
}
