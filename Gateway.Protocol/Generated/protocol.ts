// Generated from the contract types by `openclaw protocol gen`. Changes are lost.

/** Numbers of the wire contract. Sizes are bytes, times milliseconds, unless the name says otherwise. */
export const ProtocolLimits = {
  /** Oldest protocol generation that is served. */
  oldestVersion: 3,
  /** Newest protocol generation that is served. */
  newestVersion: 4,
  /** Largest inbound message: 524 288 bytes are accepted, one more closes with 1009. */
  maxPayloadBytes: 524288,
  /** Largest first message: nobody is known yet (protocol 4's bound; connect requests have some 2 KiB). */
  maxHandshakeBytes: 65536,
  /** Unsent bytes a connection may pile up before it counts as slow (1.5 MiB). */
  maxBufferedBytes: 1572864,
  /** Interval of the `tick` event. */
  tickIntervalMs: 30000,
  /** Time from the open socket to `hello-ok`. */
  handshakeTimeoutMs: 10000,
  /** A close reason carries at most this many UTF-8 bytes (RFC 6455 allows 123; the peer cuts at 120). */
  maxCloseReasonBytes: 120,
  /** Accepted distance of a device signature's clock from ours. */
  deviceSignatureSkewMs: 600000,
  /** Nesting depth beyond which a frame is refused instead of read. */
  maxDepth: 512,
  /** Largest JSON text of a `chat.history` answer; the oldest messages are left out beyond it. */
  maxHistoryBytes: 6291456,
  /** Least time between two `chat` deltas of one run. */
  chatDeltaIntervalMs: 150,
  /** Longest `errorMessage` of a chat event and longest text of a handler error, in UTF-16 units, before `...`. */
  maxErrorTextChars: 240,
  /** Largest attachment of a chat or agent message, decoded. */
  maxAttachmentBytes: 5000000,
} as const;

/** WebSocket close codes that the gateway sends, and what each means to a client. */
export const CloseCodes = {
  /** Handshake timed out, or the first message was not JSON. */
  normal: 1000,
  /** No common protocol version. */
  protocolMismatch: 1002,
  /** A text message that is not UTF-8. */
  invalidPayload: 1007,
  /** The handshake was refused, or the client reads too slowly. */
  policyViolation: 1008,
  /** The message exceeds `ProtocolLimits.maxPayloadBytes`. */
  messageTooBig: 1009,
  /** The gateway failed on this connection; its log says why. */
  internalError: 1011,
  /** The gateway stops or restarts; reconnect. */
  serviceRestart: 1012,
  /** The gateway cannot take the connection now; try again later. */
  tryAgainLater: 1013,
  /** The token of the connection's device was rotated or revoked. */
  deviceRemoved: 4001,
} as const;

/** Values of `ErrorShape.code`. */
export const ErrorCodes = {
  /** The request is wrong or not allowed; repeating it unchanged is pointless. */
  invalidRequest: "INVALID_REQUEST",
  /** The device has to be paired first. */
  notPaired: "NOT_PAIRED",
  /** The work could not be done now. */
  unavailable: "UNAVAILABLE",
  /** An agent run exceeded its time. */
  agentTimeout: "AGENT_TIMEOUT",
  /** The channel has no linked account. */
  notLinked: "NOT_LINKED",
  /** Protocol 4 only: the connection lacks a scope. */
  forbidden: "FORBIDDEN",
} as const;

/** Scopes that an operator connection can hold. */
export const OperatorScopes = {
  /** Passes every check of the operator role. */
  admin: "operator.admin",
  /** Reading methods. */
  read: "operator.read",
  /** Reading methods, and those that start work. */
  write: "operator.write",
  /** Deciding about commands that wait for approval. */
  approvals: "operator.approvals",
  /** Pairing of devices and nodes. */
  pairing: "operator.pairing",
} as const;

/** The two roles of a connection. */
export const ConnectionRoles = {
  /** A person's client, or a program acting for one. */
  operator: "operator",
  /** A device that offers commands to the gateway. */
  node: "node",
} as const;

/** First answer of `agent`: it will run. */
export interface AgentAccepted {
  /** The run. */
  runId: string;
  /** Always `accepted`. */
  status: "accepted";
  /** When, Unix milliseconds. */
  acceptedAt: number;
}

/** Payload of `agent`: one step of a run. */
export interface AgentEvent {
  /** The run. */
  runId: string;
  /** `lifecycle`, `assistant`, `tool`, `compaction` or `error`. */
  stream: string;
  /** Shaped by `stream`. */
  data: unknown;
  /** Number within the run, from 1; absent on a gap notice. */
  seq?: number;
  /** Unix milliseconds. */
  ts: number;
  /** Session of the run. */
  sessionKey?: string;
  [property: string]: unknown;
}

/** A file of a workspace. */
export interface AgentFile {
  /** Its name. */
  name: string;
  /** Where it is. */
  path: string;
  /** True when it does not exist. */
  missing: boolean;
  /** Bytes. */
  size?: number;
  /** When it was written, Unix milliseconds. */
  updatedAtMs?: number;
  /** Its text, where it was asked for. */
  content?: string;
}

/** Result of `agents.files.get` and `agents.files.set`. */
export interface AgentFileResult {
  /** True after a write. */
  ok?: boolean;
  /** The agent. */
  agentId: string;
  /** Its directory. */
  workspace: string;
  /** The file. */
  file: AgentFile;
}

/** Params of `agents.files.get`. */
export interface AgentFilesGetParams {
  /** The agent. */
  agentId: string;
  /** One of the workspace's known files. */
  name: string;
}

/** Params of `agents.files.list`. */
export interface AgentFilesListParams {
  /** The agent. */
  agentId: string;
}

/** Result of `agents.files.list`. */
export interface AgentFilesListResult {
  /** The agent. */
  agentId: string;
  /** Its directory. */
  workspace: string;
  /** The known files, whether they exist or not. */
  files: AgentFile[];
}

/** Params of `agents.files.set`. */
export interface AgentFilesSetParams {
  /** The agent. */
  agentId: string;
  /** One of the workspace's known files. */
  name: string;
  /** Its new content, possibly empty. */
  content: string;
}

/** Second answer of `agent`. */
export interface AgentFinal {
  /** The run. */
  runId: string;
  /** `ok` or `error`. */
  status: "ok" | "error";
  /** `completed`, or the error's text. */
  summary?: string;
  /** What the run produced; only with `ok`. */
  result?: AgentRunResult;
  [property: string]: unknown;
}

/** An agent's persona. */
export interface AgentIdentity {
  /** Name. */
  name?: string;
  /** Theme. */
  theme?: string;
  /** Emoji. */
  emoji?: string;
  /** Avatar: path in the workspace, address, or data URI. */
  avatar?: string;
  /** Address of the avatar. */
  avatarUrl?: string;
}

/** Params of `agent.identity.get`. */
export interface AgentIdentityGetParams {
  /** Agent id. */
  agentId?: string;
  /** Session whose agent is meant. */
  sessionKey?: string;
}

/** Result of `agent.identity.get`. */
export interface AgentIdentityGetResult {
  /** Agent id. */
  agentId: string;
  /** Name to show. */
  name: string;
  /** Avatar to show: a letter, an address, or a data URI. */
  avatar: string;
  /** Emoji. */
  emoji?: string;
}

/** Session and model of a run. */
export interface AgentMeta {
  /** Session id. */
  sessionId: string;
  /** Provider id. */
  provider: string;
  /** Model id. */
  model: string;
  /** Tokens, summed over the run; zero fields are left out. */
  usage?: AgentUsage;
}

/** Params of `agent`: one turn, answered twice. */
export interface AgentParams {
  /** Text for the model. */
  message: string;
  /** Agent that is to answer. */
  agentId?: string;
  /** Recipient, which selects the session and the delivery. */
  to?: string;
  /** Recipient of the reply, when it differs. */
  replyTo?: string;
  /** Session by its id. */
  sessionId?: string;
  /** Session by its key. */
  sessionKey?: string;
  /** Thinking level of this turn. */
  thinking?: string;
  /** True sends the reply out over a channel. */
  deliver?: boolean;
  /** Images; at most 5 000 000 bytes each. */
  attachments?: unknown[];
  /** Channel of the session. */
  channel?: string;
  /** Channel of the reply. */
  replyChannel?: string;
  /** Account of the channel. */
  accountId?: string;
  /** Account of the reply. */
  replyAccountId?: string;
  /** Thread. */
  threadId?: string;
  /** Group. */
  groupId?: string;
  /** Channel of the group. */
  groupChannel?: string;
  /** Space of the group. */
  groupSpace?: string;
  /** Time limit in seconds. */
  timeout?: number;
  /** Concurrency lane; `main` when absent. */
  lane?: string;
  /** Appended to the system prompt. */
  extraSystemPrompt?: string;
  /** Key that makes a repeat harmless; it becomes the run id. */
  idempotencyKey: string;
  /** Label of the session. */
  label?: string;
  /** Session that started this one. */
  spawnedBy?: string;
}

/** One piece of a reply. */
export interface AgentPayload {
  /** Text. */
  text?: string;
  /** First medium, or null. */
  mediaUrl?: string | null;
  /** All media. */
  mediaUrls?: string[];
}

/** One agent. */
export interface AgentRow {
  /** Agent id. */
  id: string;
  /** Name for people. */
  name?: string;
  /** How it presents itself. */
  identity?: AgentIdentity;
}

/** Why a run failed. */
export interface AgentRunError {
  /** Kind, e.g. `context_overflow`, `timeout`, `provider`. */
  kind: string;
  /** Text for people. */
  message: string;
}

/** Facts about a finished run. */
export interface AgentRunMeta {
  /** Duration in milliseconds. */
  durationMs: number;
  /** Session and model used. */
  agentMeta?: AgentMeta;
  /** True when it was cut short. */
  aborted: boolean;
  /** What the system prompt was made of. */
  systemPromptReport?: SystemPromptReport;
  /** Why the run failed while it still answered with a text. */
  error?: AgentRunError;
  [property: string]: unknown;
}

/** What a run produced. */
export interface AgentRunResult {
  /** Texts and media in order. */
  payloads: AgentPayload[];
  /** About the run. */
  meta: AgentRunMeta;
}

/** Token counts. */
export interface AgentUsage {
  /** Prompt tokens that were not cached. */
  input?: number;
  /** Generated tokens. */
  output?: number;
  /** Prompt tokens read from the provider's cache. */
  cacheRead?: number;
  /** Prompt tokens written to it. */
  cacheWrite?: number;
  /** All of them. */
  total?: number;
}

/** Params of `agent.wait`. */
export interface AgentWaitParams {
  /** The run. */
  runId: string;
  /** Longest wait in milliseconds; 30 000 when absent, 0 only looks. */
  timeoutMs?: number;
}

/** Result of `agent.wait`. */
export interface AgentWaitResult {
  /** The run. */
  runId: string;
  /** How it stands. */
  status: "ok" | "error" | "timeout";
  /** Start, Unix milliseconds. */
  startedAt?: number;
  /** End, Unix milliseconds. */
  endedAt?: number;
  /** Error text. */
  error?: string;
}

/** Params of `agents.create`. */
export interface AgentsCreateParams {
  /** Name for people; the id is made from it. */
  name: string;
  /** Directory it works in. */
  workspace: string;
  /** Emoji of its persona. */
  emoji?: string;
  /** Avatar of its persona. */
  avatar?: string;
}

/** Result of `agents.create`. */
export interface AgentsCreateResult {
  /** Always true. */
  ok: boolean;
  /** The new agent. */
  agentId: string;
  /** Its name. */
  name: string;
  /** Its directory, absolute. */
  workspace: string;
}

/** Params of `agents.delete`. */
export interface AgentsDeleteParams {
  /** The agent. */
  agentId: string;
  /** False keeps its workspace, its state and its sessions; otherwise they are moved to the trash. */
  deleteFiles?: boolean;
}

/** Result of `agents.delete`. */
export interface AgentsDeleteResult {
  /** Always true. */
  ok: boolean;
  /** The agent that is gone. */
  agentId: string;
  /** How many bindings named it. */
  removedBindings: number;
}

/** Result of `agents.list`. */
export interface AgentsListResult {
  /** Agent that answers by default. */
  defaultId: string;
  /** Short key of the main session. */
  mainKey: string;
  /** `per-sender` or `global`. */
  scope: string;
  /** All configured agents. */
  agents: AgentRow[];
}

/** Params of `agents.update`. What is absent stays. */
export interface AgentsUpdateParams {
  /** The agent. */
  agentId: string;
  /** Its new name. */
  name?: string;
  /** Its new directory. */
  workspace?: string;
  /** Its new model. */
  model?: string;
  /** Its new avatar. */
  avatar?: string;
}

/** Result of `agents.update`. */
export interface AgentsUpdateResult {
  /** Always true. */
  ok: boolean;
  /** The agent. */
  agentId: string;
}

/** Payload of `connect.challenge`, the first frame on every connection. */
export interface ChallengeEvent {
  /** To be signed by the client's device. */
  nonce: string;
  /** The gateway's clock, Unix milliseconds. */
  ts: number;
  [property: string]: unknown;
}

/** Params of `channels.logout`. */
export interface ChannelsLogoutParams {
  /** The channel. */
  channel: string;
  /** One of its accounts. */
  accountId?: string;
}

/** Params of `channels.pairing.approve`. */
export interface ChannelsPairingApproveParams {
  /** The channel. */
  channel: string;
  /** The code that the sender was given, in any case. */
  code: string;
  /** One of its accounts. */
  accountId?: string;
  /** Tell the sender in its chat. */
  notify?: boolean;
}

/** Params of `channels.pairing.list`. */
export interface ChannelsPairingListParams {
  /** The channel; those that give codes, when absent. */
  channel?: string;
  /** One of its accounts. */
  accountId?: string;
}

/** Params of `channels.status`. */
export interface ChannelsStatusParams {
  /** Ask the channels' services too. */
  probe?: boolean;
  /** How long that may take, in milliseconds. */
  timeoutMs?: number;
}

/** Params of `chat.abort`. */
export interface ChatAbortParams {
  /** Session key. */
  sessionKey: string;
  /** One run; absent for all of the session. */
  runId?: string;
}

/** Result of `chat.abort`. */
export interface ChatAbortResult {
  /** Always true. */
  ok: boolean;
  /** True when something was stopped. */
  aborted: boolean;
  /** What was stopped. */
  runIds: string[];
}

/** Payload of `chat`: what a chat window shows. */
export interface ChatEvent {
  /** The run. */
  runId: string;
  /** Session of the run. */
  sessionKey: string;
  /** Number of the agent event behind it. */
  seq: number;
  /** What happened. */
  state: "delta" | "final" | "aborted" | "error";
  /** The message so far, or the whole of it. */
  message?: unknown;
  /** New text of a delta. */
  deltaText?: string;
  /** True when `deltaText` replaces all earlier text. */
  replace?: boolean;
  /** Error text. */
  errorMessage?: string;
  /** Why an aborted run stopped: `rpc`, `stop`, `timeout`. */
  stopReason?: string;
  [property: string]: unknown;
}

/** Params of `chat.history`. */
export interface ChatHistoryParams {
  /** Session key. */
  sessionKey: string;
  /** Most messages; 200 when absent. */
  limit?: number;
}

/** Result of `chat.history`. */
export interface ChatHistoryResult {
  /** The key as it was sent. */
  sessionKey: string;
  /** Session id; absent for an unknown session. */
  sessionId?: string;
  /** Stored messages, newest last. */
  messages: unknown[];
  /** Thinking level in force. */
  thinkingLevel?: string;
  /** Verbose level in force. */
  verboseLevel?: string;
}

/** Params of `chat.inject`. */
export interface ChatInjectParams {
  /** Session key. */
  sessionKey: string;
  /** Text of the assistant message. */
  message: string;
  /** Put in brackets before the text. */
  label?: string;
}

/** Result of `chat.inject`. */
export interface ChatInjectResult {
  /** Always true. */
  ok: boolean;
  /** Id of the transcript entry, 8 hex digits. */
  messageId: string;
}

/** Params of `chat.send`. */
export interface ChatSendParams {
  /** Session key. */
  sessionKey: string;
  /** Text; may be empty with attachments. */
  message: string;
  /** Thinking level of this turn. */
  thinking?: string;
  /** Accepted and ignored. */
  deliver?: boolean;
  /** Images; at most 5 000 000 bytes each. */
  attachments?: unknown[];
  /** Time limit in milliseconds. */
  timeoutMs?: number;
  /** Key that makes a repeat harmless; it becomes the run id. */
  idempotencyKey: string;
}

/** Result of `chat.send`: a started run, or what a stop word stopped. */
export interface ChatSendResult {
  /** The run; absent for a stop word. */
  runId?: string;
  /** `started`, `in_flight` for a repeat while it runs, `ok` or `error` for one after its end. */
  status?: "started" | "in_flight" | "ok" | "error";
  /** Error text, with `error`. */
  summary?: string;
  /** True for a stop word. */
  ok?: boolean;
  /** Stop word: true when something was stopped. */
  aborted?: boolean;
  /** Stop word: what was stopped. */
  runIds?: string[];
}

/** Params of `config.patch` and `config.apply`. */
export interface ConfigChangeParams {
  /** A JSON merge patch (null deletes) for `config.patch`, the whole configuration for `config.apply`; JSON5. */
  raw: string;
  /** `ConfigGetResult.hash` of what it was made from; required when the file exists. */
  baseHash?: string;
  /** Session that asks, for the note after a restart. */
  sessionKey?: string;
  /** What the agent is told after a restart. */
  note?: string;
  /** Milliseconds until a restart, if the change needs one; 2000 when absent, at most 60000. */
  restartDelayMs?: number;
}

/** Result of `config.patch` and `config.apply`. */
export interface ConfigChangeResult {
  /** Always true. */
  ok: boolean;
  /** The file. */
  path: string;
  /** The effective configuration, without its secrets. */
  config: unknown;
  /** The restart that follows. */
  restart: RestartNotice;
  /** What will be told after it. */
  sentinel: RestartSentinelNotice;
}

/** A configuration file that cannot be used; the last good reading of it is in force. */
export interface ConfigFileProblem {
  /** The file. */
  path: string;
  /** Since when, Unix milliseconds. */
  sinceMs: number;
  /** What is wrong. */
  issues: ConfigIssue[];
}

/** Result of `config.get`. Secrets are replaced by `__OPENCLAW_REDACTED__`. */
export interface ConfigGetResult {
  /** Absolute path of the file. */
  path: string;
  /** False when there is no file: then every default applies. */
  exists: boolean;
  /** The file's text, or null. */
  raw: string | null;
  /** The parsed text. */
  parsed: unknown;
  /** True when it can be used. */
  valid: boolean;
  /** The effective configuration. */
  config: unknown;
  /** Hex SHA-256 of the real text, to be given back as `baseHash`. */
  hash: string;
  /** What is wrong. */
  issues: ConfigIssue[];
  /** What is odd. */
  warnings: ConfigIssue[];
  /** Keys of older releases. */
  legacyIssues: ConfigIssue[];
}

/** A remark about one place of the configuration. */
export interface ConfigIssue {
  /** Dotted path of the key. */
  path: string;
  /** What is wrong with it. */
  message: string;
}

/** Result of `config.schema`. */
export interface ConfigSchemaResult {
  /** JSON Schema, draft 7. */
  schema: unknown;
  /** How a form shows the keys, by dotted path; `*` stands for any name or index. */
  uiHints: Record<string, ConfigUiHint>;
  /** Release whose format this is. */
  version: string;
  /** When it was made, ISO 8601. */
  generatedAt: string;
}

/** Params of `config.set`. */
export interface ConfigSetParams {
  /** The whole configuration, JSON5. */
  raw: string;
  /** `ConfigGetResult.hash` of what it was made from; required when the file exists. */
  baseHash?: string;
}

/** Result of `config.set`. */
export interface ConfigSetResult {
  /** Always true. */
  ok: boolean;
  /** The file. */
  path: string;
  /** The effective configuration, without its secrets. */
  config: unknown;
}

/** How a form shows one key. */
export interface ConfigUiHint {
  /** Name for people. */
  label?: string;
  /** What it is for. */
  help?: string;
  /** An example of a value, shown where there is none. */
  placeholder?: string;
  /** Heading it stands under. */
  group?: string;
  /** Place among its neighbours; smaller comes first. */
  order?: number;
  /** True for what most people never touch. */
  advanced?: boolean;
  /** True for secrets, which are not to be shown. */
  sensitive?: boolean;
}

/** Secrets that a client offers. */
export interface ConnectAuth {
  /** Shared token, or the token of a paired device. */
  token?: string;
  /** Shared password. */
  password?: string;
  /** Protocol 4: one-time token for pairing. */
  bootstrapToken?: string;
  /** Protocol 4: token of a paired device. */
  deviceToken?: string;
  /** Protocol 4: not used. */
  approvalRuntimeToken?: string;
  /** Protocol 4: not used. */
  agentRuntimeIdentityToken?: string;
}

/** The client's description of itself. */
export interface ConnectClient {
  /** Which program this is. */
  id: "webchat-ui" | "openclaw-control-ui" | "webchat" | "cli" | "gateway-client" | "openclaw-macos" | "openclaw-ios" | "openclaw-android" | "node-host" | "test" | "fingerprint" | "openclaw-probe" | "openclaw-browser-copilot" | "openclaw-tui" | "openclaw-linux" | "openclaw-watchos" | "openclaw-worker";
  /** Version, free text. */
  version: string;
  /** Platform, free text. */
  platform: string;
  /** What the connection is for. */
  mode: "webchat" | "cli" | "ui" | "backend" | "node" | "probe" | "test" | "worker";
  /** Name for people. */
  displayName?: string;
  /** Device family, e.g. `iPhone`. */
  deviceFamily?: string;
  /** Hardware model. */
  modelIdentifier?: string;
  /** Stable over reconnects; keeps one presence row. */
  instanceId?: string;
  /** Protocol 4: build of the client, at most 96 characters. */
  buildId?: string;
  /** Protocol 4: IANA time zone, at most 64 characters. */
  timeZone?: string;
}

/** Proof that the client holds the private key of a device. */
export interface ConnectDevice {
  /** Lower-case hex SHA-256 of the raw public key. */
  id: string;
  /** Ed25519 public key: 32 bytes in base64url, or PEM. */
  publicKey: string;
  /** Ed25519 signature in base64url. */
  signature: string;
  /** When it was signed, Unix milliseconds. */
  signedAt: number;
  /** The nonce of the challenge. */
  nonce?: string;
}

/** Params of `connect`, the first request of every connection. Properties of both protocol generations. */
export interface ConnectParams {
  /** Oldest protocol version the client speaks. */
  minProtocol: number;
  /** Newest protocol version the client speaks. */
  maxProtocol: number;
  /** Who connects. */
  client: ConnectClient;
  /** Capabilities; for operators only `tool-events` means something. */
  caps?: string[];
  /** Commands that a node offers. */
  commands?: string[];
  /** Permissions that a node's system granted it. */
  permissions?: Record<string, boolean>;
  /** A node's `PATH`. */
  pathEnv?: string;
  /** `operator` when absent. */
  role?: string;
  /** Scopes asked for. */
  scopes?: string[];
  /** Proof of a device's identity. */
  device?: ConnectDevice;
  /** Shared secrets and tokens. */
  auth?: ConnectAuth;
  /** Language tag; not used. */
  locale?: string;
  /** Free text; not used. */
  userAgent?: string;
  /** Protocol 4: not used. */
  computerUse?: unknown;
  /** Protocol 4: not used. */
  workerRuns?: unknown;
  /** Protocol 4: not used. */
  modelCatalog?: unknown;
}

/** Params of `cron.list`. */
export interface CronListParams {
  /** True lists schedules too that are switched off. */
  includeDisabled?: boolean;
  /** How many at most; all when absent. Clients of protocol 4 send it. */
  limit?: number;
  /** How many to leave out first. */
  offset?: number;
}

/** Everything on a day. */
export interface DailyUsage {
  /** Day, YYYY-MM-DD in the gateway's local time. */
  date: string;
  /** Tokens. */
  tokens: number;
  /** US dollars. */
  cost: number;
  /** Messages. */
  messages: number;
  /** Calls of tools. */
  toolCalls: number;
  /** Failed answers and failed tool results. */
  errors: number;
}

/** Milliseconds from a message to its answer, on a day. */
export interface DailyUsageLatency {
  /** Day, YYYY-MM-DD in the gateway's local time. */
  date: string;
  /** Number of answers. */
  count: number;
  /** Mean. */
  avgMs: number;
  /** 95 of 100 were faster. */
  p95Ms: number;
  /** Fastest. */
  minMs: number;
  /** Slowest. */
  maxMs: number;
}

/** Messages of a day. */
export interface DailyUsageMessages {
  /** Day, YYYY-MM-DD in the gateway's local time. */
  date: string;
  /** All. */
  total: number;
  /** People's messages. */
  user: number;
  /** Answers. */
  assistant: number;
  /** Calls of tools. */
  toolCalls: number;
  /** Results of tools. */
  toolResults: number;
  /** Failed answers and failed tool results. */
  errors: number;
}

/** Use of a model on a day. */
export interface DailyUsageModel {
  /** Day, YYYY-MM-DD in the gateway's local time. */
  date: string;
  /** Provider id, when the transcript tells it. */
  provider?: string;
  /** Model id, when the transcript tells it. */
  model?: string;
  /** Tokens. */
  tokens: number;
  /** US dollars. */
  cost: number;
  /** Calls. */
  count: number;
}

/** Result of `device.pair.approve`. */
export interface DevicePairApproveResult {
  /** The approved request. */
  requestId: string;
  /** The device as it is now. */
  device: PairedDeviceRow;
}

/** Params of `device.pair.approve` and `device.pair.reject`. */
export interface DevicePairDecisionParams {
  /** The request to decide about. */
  requestId: string;
}

/** Result of `device.pair.list`. */
export interface DevicePairListResult {
  /** Requests nobody decided about yet, newest first. One disappears five minutes after it was made. */
  pending: DevicePairRequestedEvent[];
  /** Approved devices, the latest approval first. */
  paired: PairedDeviceRow[];
}

/** Result of `device.pair.reject`. */
export interface DevicePairRejectResult {
  /** The rejected request. */
  requestId: string;
  /** The device that asked. */
  deviceId: string;
}

/** Payload of `device.pair.requested`: a device that is not on this host asks to be paired. */
export interface DevicePairRequestedEvent {
  /** Id to approve or reject by. */
  requestId: string;
  /** The device. */
  deviceId: string;
  /** Its public key in base64url. */
  publicKey: string;
  /** Name for people. */
  displayName?: string;
  /** Platform text. */
  platform?: string;
  /** Which program asks. */
  clientId?: string;
  /** What its connection is for. */
  clientMode?: string;
  /** Role asked for. */
  role?: string;
  /** Roles asked for. */
  roles?: string[];
  /** Scopes asked for. */
  scopes?: string[];
  /** Address of the device. */
  remoteIp?: string;
  /** True when it needs no person to decide. */
  silent?: boolean;
  /** True when the device was paired before. */
  isRepair: boolean;
  /** When it asked, Unix milliseconds. */
  ts: number;
  [property: string]: unknown;
}

/** Payload of `device.pair.resolved`. */
export interface DevicePairResolvedEvent {
  /** The request. */
  requestId: string;
  /** The device. */
  deviceId: string;
  /** What was decided. */
  decision: "approved" | "rejected";
  /** When, Unix milliseconds. */
  ts: number;
  [property: string]: unknown;
}

/** Params of `device.token.revoke`. */
export interface DeviceTokenRevokeParams {
  /** The device. */
  deviceId: string;
  /** Role of the token. */
  role: string;
}

/** Result of `device.token.revoke`. */
export interface DeviceTokenRevokeResult {
  /** The device. */
  deviceId: string;
  /** Role of the token. */
  role: string;
  /** Unix milliseconds. */
  revokedAtMs: number;
}

/** Params of `device.token.rotate`. */
export interface DeviceTokenRotateParams {
  /** The device. */
  deviceId: string;
  /** Role of the token. */
  role: string;
  /** What the new token opens, within what the device was approved for; absent: what the old one opened. */
  scopes?: string[];
}

/** Result of `device.token.rotate`: the only answer that carries a token's text. */
export interface DeviceTokenRotateResult {
  /** The device. */
  deviceId: string;
  /** Role of the token. */
  role: string;
  /** The new token. */
  token: string;
  /** What it opens. */
  scopes: string[];
  /** Unix milliseconds. */
  rotatedAtMs: number;
}

/** What may be told about a device's token: everything but its text. */
export interface DeviceTokenRow {
  /** Role it is for. */
  role: string;
  /** What it opens. */
  scopes: string[];
  /** When the role got its first token, Unix milliseconds. */
  createdAtMs: number;
  /** When it was replaced, Unix milliseconds. */
  rotatedAtMs?: number;
  /** When it was revoked, Unix milliseconds. */
  revokedAtMs?: number;
  /** When it last opened a connection, Unix milliseconds, to the minute. */
  lastUsedAtMs?: number;
}

/** Params of methods that take none: any property is refused. */
export type EmptyParams = Record<string, never>;

/** The `error` of a response. */
export interface ErrorShape {
  /** One of `ErrorCodes`. */
  code: string;
  /** Text for people; clients show it as it is. */
  message: string;
  /** Machine-readable extras, shaped by `code`. */
  details?: unknown;
  /** True when the same request may succeed later. */
  retryable?: boolean;
  /** How long to wait before a repeat, in milliseconds. */
  retryAfterMs?: number;
}

/** An event, gateway to client. Clients ignore a frame with further properties. */
export interface EventFrame {
  /** Always `event`. */
  type: "event";
  /** Event name. */
  event: string;
  /** Shaped by the event. */
  payload?: unknown;
  /** Number of the broadcast, from 1; a gap means that something was not delivered. */
  seq?: number;
  /** Versions of presence and health after this event. */
  stateVersion?: StateVersion;
}

/** A program, or a pattern of programs, that runs unasked. */
export interface ExecAllowlistEntry {
  /** Names the entry. */
  id?: string;
  /** Path of a program; `*`, `**` and `?` stand for others. */
  pattern: string;
  /** When it last let something run, Unix milliseconds. */
  lastUsedAt?: number;
  /** What that was. */
  lastUsedCommand?: string;
  /** The program's file. */
  lastResolvedPath?: string;
}

/** Params of `exec.approval.request`. */
export interface ExecApprovalRequestParams {
  /** Id to decide by; one is made up when absent. */
  id?: string;
  /** The command as people are to see it. */
  command: string;
  /** Working directory. */
  cwd?: string | null;
  /** Where it would run. */
  host?: string | null;
  /** Policy in force. */
  security?: string | null;
  /** When people are asked. */
  ask?: string | null;
  /** Agent that wants it. */
  agentId?: string | null;
  /** The program's file. */
  resolvedPath?: string | null;
  /** Session that wants it. */
  sessionKey?: string | null;
  /** Node it would run on. Newer clients name it; the approval holds for no other then. */
  nodeId?: string | null;
  /** How long to wait, in milliseconds; 120 000 when absent. */
  timeoutMs?: number;
}

/** Result of `exec.approval.request`. */
export interface ExecApprovalRequestResult {
  /** The question. */
  id: string;
  /** `allow-once`, `allow-always`, `deny`; null when nobody decided in time. */
  decision: string | null;
  /** When it was asked, Unix milliseconds. */
  createdAtMs: number;
  /** Until when it was asked, Unix milliseconds. */
  expiresAtMs: number;
}

/** Payload of `exec.approval.requested`: a command waits for a person's decision. */
export interface ExecApprovalRequestedEvent {
  /** Id to decide by. */
  id: string;
  /** What is to be decided. */
  request: ExecApprovalSubject;
  /** When it was asked, Unix milliseconds. */
  createdAtMs: number;
  /** When it counts as not decided, Unix milliseconds. */
  expiresAtMs: number;
  [property: string]: unknown;
}

/** Params of `exec.approval.resolve`. */
export interface ExecApprovalResolveParams {
  /** The question. */
  id: string;
  /** `allow-once`, `allow-always` or `deny`. */
  decision: string;
}

/** Payload of `exec.approval.resolved`. */
export interface ExecApprovalResolvedEvent {
  /** The question. */
  id: string;
  /** What was decided. */
  decision: "allow-once" | "allow-always" | "deny";
  /** Who decided, for people. */
  resolvedBy?: string;
  /** When, Unix milliseconds. */
  ts: number;
  [property: string]: unknown;
}

/** A command that waits. */
export interface ExecApprovalSubject {
  /** The command as people are to see it. */
  command: string;
  /** Working directory. */
  cwd?: string | null;
  /** Where it would run. */
  host?: string | null;
  /** Policy in force. */
  security?: string | null;
  /** When people are asked. */
  ask?: string | null;
  /** Agent that wants it. */
  agentId?: string | null;
  /** The program's file. */
  resolvedPath?: string | null;
  /** Session that wants it. */
  sessionKey?: string | null;
  /** Node it would run on, when that was said. */
  nodeId?: string;
  [property: string]: unknown;
}

/** What holds for one agent. */
export interface ExecApprovalsAgent {
  /** `deny`, `allowlist` or `full`. */
  security?: string;
  /** `off`, `on-miss` or `always`. */
  ask?: string;
  /** What holds when nobody answers. */
  askFallback?: string;
  /** True lets programs of skills run unasked. */
  autoAllowSkills?: boolean;
  /** Programs that run unasked. */
  allowlist?: ExecAllowlistEntry[];
}

/** What holds where an agent says nothing. */
export interface ExecApprovalsDefaults {
  /** `deny`, `allowlist` or `full`. */
  security?: string;
  /** `off`, `on-miss` or `always`. */
  ask?: string;
  /** What holds when nobody answers: `deny`, `allowlist` or `full`. */
  askFallback?: string;
  /** True lets programs of skills run unasked. */
  autoAllowSkills?: boolean;
}

/** Content of `exec-approvals.json`. */
export interface ExecApprovalsDocument {
  /** Always 1. */
  version: number;
  /** Where a desktop program asks its user. */
  socket?: ExecApprovalsSocket;
  /** What holds for every agent. */
  defaults?: ExecApprovalsDefaults;
  /** What holds for one agent; `*` stands for all. */
  agents?: Record<string, ExecApprovalsAgent>;
}

/** Params of `exec.approvals.node.get`. */
export interface ExecApprovalsNodeGetParams {
  /** The node. */
  nodeId: string;
}

/** Params of `exec.approvals.node.set`. */
export interface ExecApprovalsNodeSetParams {
  /** The node. */
  nodeId: string;
  /** The new content. */
  file: ExecApprovalsDocument;
  /** Hash of the content that it replaces. */
  baseHash?: string;
}

/** Result of `exec.approvals.get` and `exec.approvals.set`. */
export interface ExecApprovalsResult {
  /** The file. */
  path: string;
  /** True when it is there. */
  exists: boolean;
  /** Lower-case hex SHA-256 of its text; to be given to `exec.approvals.set`. */
  hash: string;
  /** Its content, without the secret of the prompt socket. */
  file: ExecApprovalsDocument;
}

/** Params of `exec.approvals.set`. */
export interface ExecApprovalsSetParams {
  /** The new content. */
  file: ExecApprovalsDocument;
  /** Hash of the content that it replaces. */
  baseHash?: string;
}

/** A desktop program's socket. */
export interface ExecApprovalsSocket {
  /** Its path. */
  path?: string;
  /** Its secret. */
  token?: string;
}

/** One agent in a health snapshot. */
export interface HealthAgent {
  /** Agent id. */
  agentId: string;
  /** Name for people. */
  name?: string;
  /** True for the one that answers by default. */
  isDefault: boolean;
  /** Heartbeat settings. */
  heartbeat: HealthHeartbeat;
  /** Its sessions. */
  sessions: HealthSessions;
}

/** Heartbeat settings of an agent. */
export interface HealthHeartbeat {
  /** True when it runs. */
  enabled: boolean;
  /** Interval as configured, e.g. `30m`. */
  every: string;
  /** Interval in milliseconds, null when it never runs. */
  everyMs: number | null;
  /** What the agent is asked. */
  prompt: string;
  /** Where an answer goes. */
  target: string;
  /** Model override. */
  model?: string;
  /** An acknowledgement up to this many characters is not delivered. */
  ackMaxChars: number;
}

/** Params of `health`. Not validated by the peer: only `true` counts. */
export interface HealthParams {
  /** True asks for live probes of the channels. */
  probe?: unknown;
  [property: string]: unknown;
}

/** A recently used session. */
export interface HealthRecentSession {
  /** Session key. */
  key: string;
  /** Last use, Unix milliseconds, or null. */
  updatedAt: number | null;
  /** Milliseconds since then, or null. */
  age: number | null;
}

/** Short view of a session store. */
export interface HealthSessions {
  /** Absolute path of the store. */
  path: string;
  /** Number of sessions. */
  count: number;
  /** The newest, at most five. */
  recent: HealthRecentSession[];
}

/** Result of `health` and payload of the event of that name. */
export interface HealthSnapshot {
  /** False when something that was configured does not work; the reasons are in `degraded`. */
  ok: boolean;
  /** When it was taken, Unix milliseconds. */
  ts: number;
  /** How long taking it took, in milliseconds. */
  durationMs: number;
  /** Summary per channel id. */
  channels: Record<string, unknown>;
  /** Channel ids in display order. */
  channelOrder: string[];
  /** Display name per channel id. */
  channelLabels: Record<string, string>;
  /** Interval of the default agent's heartbeat in seconds, 0 when off. */
  heartbeatSeconds: number;
  /** Agent that answers by default. */
  defaultAgentId: string;
  /** All configured agents. */
  agents: HealthAgent[];
  /** Sessions of the default agent. */
  sessions: HealthSessions;
  /** What is wrong, in words; absent when nothing is. */
  degraded?: string[];
  /** What a gateway that crashed again and again holds back; absent when nothing. */
  safeMode?: SafeModeNotice;
  /** Why the configuration file as it is now is not in force; absent when it is. */
  configProblem?: ConfigFileProblem;
  [property: string]: unknown;
}

/** Grant of a connection. */
export interface HelloAuth {
  /** Token that identifies the device next time. */
  deviceToken?: string;
  /** Granted role. */
  role: string;
  /** Granted scopes. */
  scopes: string[];
  /** When the token was issued, Unix milliseconds. */
  issuedAtMs?: number;
  /** Protocol 4: tokens for the other roles that a bootstrap token came with. */
  deviceTokens?: HelloDeviceToken[];
}

/** A device's token for one role. */
export interface HelloDeviceToken {
  /** The token. */
  deviceToken: string;
  /** Role it is for. */
  role: string;
  /** What it opens. */
  scopes: string[];
  /** When it was issued, Unix milliseconds. */
  issuedAtMs: number;
}

/** Methods and events that are really served. */
export interface HelloFeatures {
  /** Method names. */
  methods: string[];
  /** Event names. */
  events: string[];
}

/** Answer to a successful `connect`: all that a client needs to draw its first screen. */
export interface HelloOk {
  /** Always `hello-ok`. */
  type: "hello-ok";
  /** Protocol version spoken on this connection. */
  protocol: number;
  /** The gateway. */
  server: HelloServer;
  /** What it serves. */
  features: HelloFeatures;
  /** Its state now. */
  snapshot: HelloSnapshot;
  /** Base address of the canvas, when it is served. */
  canvasHostUrl?: string;
  /** What the connection was granted. */
  auth?: HelloAuth;
  /** Limits of the connection. */
  policy: HelloPolicy;
  [property: string]: unknown;
}

/** Limits that the client should respect. */
export interface HelloPolicy {
  /** Largest message in bytes. */
  maxPayload: number;
  /** Unsent bytes before the connection counts as slow. */
  maxBufferedBytes: number;
  /** Interval of `tick` in milliseconds. */
  tickIntervalMs: number;
}

/** Identity of the gateway process. */
export interface HelloServer {
  /** Version text. */
  version: string;
  /** Source revision. */
  commit?: string;
  /** Host name. */
  host?: string;
  /** Id of this connection. */
  connId: string;
}

/** State of the gateway at the moment of connecting. */
export interface HelloSnapshot {
  /** All presence entries. */
  presence: PresenceEntry[];
  /** Last health snapshot. */
  health: HealthSnapshot;
  /** Versions of both. */
  stateVersion: StateVersion;
  /** Age of the process in milliseconds. */
  uptimeMs: number;
  /** Absolute path of the config file; with protocol 4 only for admins. */
  configPath?: string;
  /** Absolute path of the state directory; with protocol 4 only for admins. */
  stateDir?: string;
  /** Where messages without a session go. */
  sessionDefaults: SessionDefaults;
}

/** Params of `logs.tail`. */
export interface LogsTailParams {
  /** Byte offset to go on from; absent for the end of the file. */
  cursor?: number;
  /** Most lines to return; 500 when absent. */
  limit?: number;
  /** Most bytes to read; 250 000 when absent. */
  maxBytes?: number;
}

/** Result of `logs.tail`. */
export interface LogsTailResult {
  /** Path of the log file. */
  file: string;
  /** Offset for the next call. */
  cursor: number;
  /** Size of the file in bytes. */
  size: number;
  /** Whole lines. */
  lines: string[];
  /** True when older lines were left out. */
  truncated: boolean;
  /** True when the cursor was too old or the file was rotated. */
  reset: boolean;
}

/** One model. */
export interface ModelRow {
  /** Id within its provider. */
  id: string;
  /** Name for people. */
  name: string;
  /** Provider id. */
  provider: string;
  /** Context size in tokens. */
  contextWindow?: number;
  /** True when it can reason before it answers. */
  reasoning?: boolean;
  /** Accepted inputs: `text`, `image`. */
  input?: string[];
}

/** Result of `models.list`. */
export interface ModelsListResult {
  /** Known models. */
  models: ModelRow[];
}

/** Params of `node.describe`. */
export interface NodeDescribeParams {
  /** The node. */
  nodeId: string;
}

/** Result of `node.describe`. */
export interface NodeDescribeResult {
  /** The device, or the client's id for a node without one. */
  nodeId: string;
  /** Name for people. */
  displayName?: string;
  /** Platform text. */
  platform?: string;
  /** Version of the node's program. */
  version?: string;
  /** Version of its core. */
  coreVersion?: string;
  /** Version of its user interface. */
  uiVersion?: string;
  /** Device family. */
  deviceFamily?: string;
  /** Hardware model. */
  modelIdentifier?: string;
  /** Address, of nodes that are not on the gateway's machine. */
  remoteIp?: string;
  /** Capabilities, sorted. */
  caps: string[];
  /** Commands that it declared and that are allowed, sorted. */
  commands: string[];
  /** Its `PATH`. */
  pathEnv?: string;
  /** Permissions its system granted it. */
  permissions?: Record<string, boolean>;
  /** Since when it is connected, Unix milliseconds. */
  connectedAtMs?: number;
  /** True when it is an approved device. */
  paired: boolean;
  /** True while it is connected. */
  connected: boolean;
  /** The gateway's clock, Unix milliseconds. */
  ts: number;
}

/** A node's error. */
export interface NodeError {
  /** For programs. */
  code?: string;
  /** For people. */
  message?: string;
}

/** Params of `node.event`: something happened at a node. */
export interface NodeEventParams {
  /** What. */
  event: string;
  /** Details as JSON. */
  payload?: unknown;
  /** Details as JSON text; wins over `payload`. */
  payloadJSON?: string;
}

/** Params of `node.invoke`. */
export interface NodeInvokeParams {
  /** The node. */
  nodeId: string;
  /** A command that it declared. */
  command: string;
  /** Params of the command. */
  params?: unknown;
  /** How long to wait, in milliseconds; 30 000 when absent. */
  timeoutMs?: number;
  /** Handed to the node, which knows what it did already. */
  idempotencyKey: string;
}

/** Payload of `node.invoke.request`, sent to one node: run a command and answer with `node.invoke.result`. */
export interface NodeInvokeRequestEvent {
  /** Id to answer under. */
  id: string;
  /** The node that is meant. */
  nodeId: string;
  /** The command. */
  command: string;
  /** JSON text of the command's params; null when it was given none. */
  paramsJSON: string | null;
  /** When the caller gives up, in milliseconds from now. */
  timeoutMs?: number;
  /** The caller's key: a node that has seen it answers as before and does nothing twice. */
  idempotencyKey?: string;
  [property: string]: unknown;
}

/** Result of `node.invoke`. */
export interface NodeInvokeResult {
  /** Always true: a failure is an error. */
  ok: boolean;
  /** The node. */
  nodeId: string;
  /** The command. */
  command: string;
  /** What the node answered. */
  payload?: unknown;
  /** The text of which `payload` was read; null when the node sent JSON. */
  payloadJSON: string | null;
}

/** Params of `node.invoke.result`: a node's answer. */
export interface NodeInvokeResultParams {
  /** Id of the request. */
  id: string;
  /** The node itself. */
  nodeId: string;
  /** True when the command succeeded. */
  ok: boolean;
  /** The answer as JSON. */
  payload?: unknown;
  /** The answer as JSON text; wins over `payload`. */
  payloadJSON?: string;
  /** What went wrong. */
  error?: NodeError;
}

/** Result of `node.invoke.result`. */
export interface NodeInvokeResultResult {
  /** Always true. */
  ok: boolean;
  /** True when nobody waits for the answer: it came late, or twice, or to a request that never was. */
  ignored?: boolean;
}

/** Result of `node.list`. */
export interface NodeListResult {
  /** The gateway's clock, Unix milliseconds. */
  ts: number;
  /** Connected nodes first, then by name. */
  nodes: NodeRow[];
}

/** Result of `node.pair.approve`. */
export interface NodePairApproveResult {
  /** The approved request. */
  requestId: string;
  /** The node, with its new token. */
  node: PairedNodeRow;
}

/** Params of `node.pair.approve` and `node.pair.reject`. */
export interface NodePairDecisionParams {
  /** The request to decide about. */
  requestId: string;
}

/** Result of `node.pair.list`. */
export interface NodePairListResult {
  /** Requests nobody decided about yet, newest first. One disappears five minutes after it was made. */
  pending: NodePairRequestedEvent[];
  /** Approved nodes, the latest approval first. */
  paired: PairedNodeRow[];
}

/** Result of `node.pair.reject`. */
export interface NodePairRejectResult {
  /** The rejected request. */
  requestId: string;
  /** The node that was asked for. */
  nodeId: string;
}

/** Params of `node.pair.request`. */
export interface NodePairRequestParams {
  /** The node. */
  nodeId: string;
  /** Name for people. */
  displayName?: string;
  /** Platform text. */
  platform?: string;
  /** Version of the node's program. */
  version?: string;
  /** Version of its core. */
  coreVersion?: string;
  /** Version of its user interface. */
  uiVersion?: string;
  /** Device family, e.g. `iPhone`. */
  deviceFamily?: string;
  /** Hardware model. */
  modelIdentifier?: string;
  /** Capabilities. */
  caps?: string[];
  /** Commands. */
  commands?: string[];
  /** Address of the node. */
  remoteIp?: string;
  /** True when people need not be disturbed. */
  silent?: boolean;
}

/** Result of `node.pair.request`. */
export interface NodePairRequestResult {
  /** Always `pending`: a person decides. */
  status: string;
  /** The request that waits, which may be an older one. */
  request: NodePairRequestedEvent;
  /** False when the node waited already. */
  created: boolean;
}

/** Payload of `node.pair.requested`: somebody asks for a node's entry in the node-pair store. */
export interface NodePairRequestedEvent {
  /** Id to approve or reject by. */
  requestId: string;
  /** True when the node was paired before. */
  isRepair: boolean;
  /** When it was asked, Unix milliseconds. */
  ts: number;
  /** The node. */
  nodeId: string;
  /** Name for people. */
  displayName?: string;
  /** Platform text. */
  platform?: string;
  /** Version of the node's program. */
  version?: string;
  /** Version of its core. */
  coreVersion?: string;
  /** Version of its user interface. */
  uiVersion?: string;
  /** Device family, e.g. `iPhone`. */
  deviceFamily?: string;
  /** Hardware model. */
  modelIdentifier?: string;
  /** Capabilities. */
  caps?: string[];
  /** Commands. */
  commands?: string[];
  /** Address of the node. */
  remoteIp?: string;
  /** True when people need not be disturbed. */
  silent?: boolean;
  [property: string]: unknown;
}

/** Payload of `node.pair.resolved`. */
export interface NodePairResolvedEvent {
  /** The request. */
  requestId: string;
  /** The node. */
  nodeId: string;
  /** What was decided. */
  decision: "approved" | "rejected";
  /** When, Unix milliseconds. */
  ts: number;
  [property: string]: unknown;
}

/** Params of `node.pair.verify`. */
export interface NodePairVerifyParams {
  /** The node. */
  nodeId: string;
  /** The token it shows. */
  token: string;
}

/** Result of `node.pair.verify`. */
export interface NodePairVerifyResult {
  /** True when the token is the node's. */
  ok: boolean;
  /** The node, when it is. */
  node?: PairedNodeRow;
}

/** Params of `node.rename`. */
export interface NodeRenameParams {
  /** The node. */
  nodeId: string;
  /** Its new name. */
  displayName: string;
}

/** Result of `node.rename`. */
export interface NodeRenameResult {
  /** The node. */
  nodeId: string;
  /** The name as it is stored. */
  displayName: string;
}

/** A node that is connected, or a device that was approved as one. */
export interface NodeRow {
  /** The device, or the client's id for a node without one. */
  nodeId: string;
  /** Name for people. */
  displayName?: string;
  /** Platform text. */
  platform?: string;
  /** Version of the node's program. */
  version?: string;
  /** Version of its core. */
  coreVersion?: string;
  /** Version of its user interface. */
  uiVersion?: string;
  /** Device family. */
  deviceFamily?: string;
  /** Hardware model. */
  modelIdentifier?: string;
  /** Address, of nodes that are not on the gateway's machine. */
  remoteIp?: string;
  /** Capabilities, sorted. */
  caps: string[];
  /** Commands that it declared and that are allowed, sorted. */
  commands: string[];
  /** Its `PATH`. */
  pathEnv?: string;
  /** Permissions its system granted it. */
  permissions?: Record<string, boolean>;
  /** Since when it is connected, Unix milliseconds. */
  connectedAtMs?: number;
  /** True when it is an approved device. */
  paired: boolean;
  /** True while it is connected. */
  connected: boolean;
}

/** The answer `{ok:true}`. */
export interface OkResult {
  /** True when it was done. */
  ok: boolean;
}

/** Params of `outbox.retry` and `outbox.drop`. */
export interface OutboxDecisionParams {
  /** The message, by its id in the outbox. */
  id: string;
}

/** Params of `outbox.list`. */
export interface OutboxListParams {
  /** Only messages that have got there. */
  state?: "prepared" | "queued" | "attempting" | "delivered" | "failed" | "ambiguous" | "dropped";
  /** Only messages of this channel. */
  channel?: string;
  /** How many at most, the newest of them; 200 when absent. */
  limit?: number;
}

/** An approved device, without its tokens' texts. */
export interface PairedDeviceRow {
  /** Lower-case hex SHA-256 of the raw public key. */
  deviceId: string;
  /** Public key in base64url. */
  publicKey: string;
  /** Name for people. */
  displayName?: string;
  /** Platform text. */
  platform?: string;
  /** Program of the last connection. */
  clientId?: string;
  /** What that connection was for. */
  clientMode?: string;
  /** Role of the last connection. */
  role?: string;
  /** Approved roles. */
  roles?: string[];
  /** Approved scopes. */
  scopes?: string[];
  /** Last address, of devices that are not on the gateway's machine. */
  remoteIp?: string;
  /** First approval, Unix milliseconds. */
  createdAtMs: number;
  /** Last approval, Unix milliseconds. */
  approvedAtMs: number;
  /** One per role; absent when the device never had one. */
  tokens?: DeviceTokenRow[];
}

/** A node of the node-pair store, token included: the programs that ask for it hand it to the node. */
export interface PairedNodeRow {
  /** The node. */
  nodeId: string;
  /** Its token. */
  token: string;
  /** Name for people. */
  displayName?: string;
  /** Platform text. */
  platform?: string;
  /** Version of the node's program. */
  version?: string;
  /** Version of its core. */
  coreVersion?: string;
  /** Version of its user interface. */
  uiVersion?: string;
  /** Device family, e.g. `iPhone`. */
  deviceFamily?: string;
  /** Hardware model. */
  modelIdentifier?: string;
  /** Capabilities. */
  caps?: string[];
  /** Commands. */
  commands?: string[];
  /** Programs that were found on it. */
  bins?: string[];
  /** Permissions its system granted it. */
  permissions?: Record<string, boolean>;
  /** Address of the node. */
  remoteIp?: string;
  /** First approval, Unix milliseconds. */
  createdAtMs: number;
  /** Last approval, Unix milliseconds. */
  approvedAtMs: number;
  /** When it last connected, Unix milliseconds. */
  lastConnectedAtMs?: number;
}

/** Params of `poll`. */
export interface PollParams {
  /** Receiver, in the channel's terms. */
  to: string;
  /** What is asked. */
  question: string;
  /** The answers to choose from. */
  options: string[];
  /** How many may be chosen. */
  maxSelections?: number;
  /** How long it is open. */
  durationHours?: number;
  /** The channel; `whatsapp` when absent. */
  channel?: string;
  /** Account to send from. */
  accountId?: string;
  /** A repeat has the same. */
  idempotencyKey: string;
}

/** One row of presence: a client, a node, or the gateway itself. */
export interface PresenceEntry {
  /** Name of the host or client. */
  host?: string;
  /** Address, for remote clients and the gateway. */
  ip?: string;
  /** Version text. */
  version?: string;
  /** Platform text. */
  platform?: string;
  /** Device family. */
  deviceFamily?: string;
  /** Hardware model. */
  modelIdentifier?: string;
  /** Mode of the connection; `gateway` for the gateway itself. */
  mode?: string;
  /** Seconds since a person last used the host; may have a fraction. */
  lastInputSeconds?: number;
  /** Why the row last changed: `connect`, `disconnect`, `self`, or a client's own word. */
  reason?: string;
  /** One line for people. */
  text?: string;
  /** Last change, Unix milliseconds. */
  ts: number;
  /** Device id, when the client proved one. */
  deviceId?: string;
  /** Roles seen under this key. */
  roles?: string[];
  /** Scopes seen under this key. */
  scopes?: string[];
  /** Stable instance id. */
  instanceId?: string;
  [property: string]: unknown;
}

/** Payload of `presence`: always the whole list. */
export interface PresenceEvent {
  /** All entries, newest first. */
  presence: PresenceEntry[];
}

/** A request, client to gateway. Closed: a further property makes the frame invalid. */
export interface RequestFrame {
  /** Always `req`. */
  type: "req";
  /** Chosen by the client and echoed in every answer. */
  id: string;
  /** Method name. */
  method: string;
  /** Shaped by the method; absent and null mean `{}`. */
  params?: unknown;
  /** Protocol 4: W3C trace context, at most 128 characters. */
  traceparent?: string;
  /** Protocol 4: not used. */
  expectedProfileId?: string;
}

/** A session's model. */
export interface ResolvedSessionModel {
  /** Provider id. */
  modelProvider: string;
  /** Model id. */
  model: string;
}

/** An answer, gateway to client. Clients ignore a frame with further properties. */
export interface ResponseFrame {
  /** Always `res`. */
  type: "res";
  /** Id of the request. */
  id: string;
  /** True when the method did what was asked. */
  ok: boolean;
  /** Shaped by the method; some failures carry one too. */
  payload?: unknown;
  /** What went wrong. */
  error?: ErrorShape;
}

/** A restart that a change asked for. */
export interface RestartNotice {
  /** Always true. */
  ok: boolean;
  /** The gateway's process, which goes on. */
  pid: number;
  /** Always `SIGUSR1`. */
  signal: string;
  /** Milliseconds until it begins; 0 when there is none. */
  delayMs: number;
  /** The method that asked. */
  reason: string;
  /** `emit`: it is scheduled. `none`: the change is in force already, and nothing restarts. */
  mode: "emit" | "none";
}

/** A note for the time after a restart. */
export interface RestartSentinel {
  /** What was done: `config-apply` or `update`. */
  kind: string;
  /** How it went. */
  status: string;
  /** When, Unix milliseconds. */
  ts: number;
  /** Session that asked. */
  sessionKey?: string;
  /** The note of who asked, or null. */
  message: string | null;
  /** The command that looks for problems. */
  doctorHint?: string;
  /** Details. */
  stats?: RestartSentinelStats;
}

/** Where a note for the time after a restart is, and what it says. */
export interface RestartSentinelNotice {
  /** The file, or null when none was written. */
  path: string | null;
  /** What it says. */
  payload: RestartSentinel;
}

/** Details of a `RestartSentinel`. */
export interface RestartSentinelStats {
  /** The method. */
  mode?: string;
  /** What it changed. */
  root?: string;
}

/** The gateway crashed again and again, and holds its channels and jobs back. */
export interface SafeModeNotice {
  /** Why, and until when, in words. */
  reason: string;
  /** When it began, Unix milliseconds. */
  sinceMs: number;
  /** When it ends if the gateway stands until then, Unix milliseconds. */
  untilMs: number;
  [property: string]: unknown;
}

/** Params of `send`. */
export interface SendParams {
  /** Receiver, in the channel's terms. */
  to: string;
  /** The text. */
  message: string;
  /** A picture, sound or file. */
  mediaUrl?: string;
  /** Several of them. */
  mediaUrls?: string[];
  /** Play a film like a moving picture. */
  gifPlayback?: boolean;
  /** The channel; `whatsapp` when absent. */
  channel?: string;
  /** Account to send from. */
  accountId?: string;
  /** Session that keeps a copy. */
  sessionKey?: string;
  /** A repeat has the same. */
  idempotencyKey: string;
}

/** Result of `sessions.compact`. */
export interface SessionCompactionResult {
  /** Always true. */
  ok: boolean;
  /** Canonical key. */
  key: string;
  /** Whether lines were taken out. */
  compacted: boolean;
  /** `no sessionId` or `no transcript`. */
  reason?: string;
  /** The whole transcript as it was. */
  archived?: string;
  /** Lines the transcript has now. */
  kept?: number;
}

/** Defaults of session routing. */
export interface SessionDefaults {
  /** Agent that answers by default. */
  defaultAgentId: string;
  /** Short key of the main session. */
  mainKey: string;
  /** Canonical key of the main session. */
  mainSessionKey: string;
  /** `per-sender` or `global`. */
  scope: string;
}

/** Result of `sessions.delete`. */
export interface SessionDeletionResult {
  /** Always true. */
  ok: boolean;
  /** Canonical key. */
  key: string;
  /** There was an entry. */
  deleted: boolean;
  /** Where its transcripts are now. */
  archived: string[];
}

/** Model and context size of a new session. */
export interface SessionListDefaults {
  /** Provider id. */
  modelProvider: string;
  /** Model id. */
  model: string;
  /** Context window in tokens. */
  contextTokens: number;
}

/** Result of `sessions.list`. */
export interface SessionListResult {
  /** Now, milliseconds since 1970 UTC. */
  ts: number;
  /** The store file, or `(multiple)`. */
  path: string;
  /** Number of rows. */
  count: number;
  /** Used where a session says nothing. */
  defaults: SessionListDefaults;
  /** Newest first. */
  sessions: SessionRow[];
}

/** Result of `sessions.patch`. */
export interface SessionPatchResult {
  /** Always true. */
  ok: boolean;
  /** The store file. */
  path: string;
  /** Canonical key. */
  key: string;
  /** The whole entry as it is stored now, with fields that other programs put there. */
  entry: unknown;
  /** The model that the session uses now. */
  resolved: ResolvedSessionModel;
}

/** The last messages of one session. */
export interface SessionPreview {
  /** As the client sent it. */
  key: string;
  /** `ok`, `empty` (no messages), `missing` (no session) or `error` (not readable). */
  status: "ok" | "empty" | "missing" | "error";
  /** Oldest first. */
  items: SessionPreviewItem[];
}

/** One message as a line of text. */
export interface SessionPreviewItem {
  /** `user`, `assistant`, `tool`, `system` or `other`. */
  role: "user" | "assistant" | "tool" | "system" | "other";
  /** Shortened text. */
  text: string;
}

/** Result of `sessions.preview`. */
export interface SessionPreviewsResult {
  /** Now, milliseconds since 1970 UTC. */
  ts: number;
  /** One per key, in the order asked for. */
  previews: SessionPreview[];
}

/** Result of `sessions.reset`. */
export interface SessionResetResult {
  /** Always true. */
  ok: boolean;
  /** Canonical key. */
  key: string;
  /** The new entry as it is stored, with fields that other programs put there. */
  entry: unknown;
}

/** Result of `sessions.resolve`. */
export interface SessionResolveResult {
  /** Always true. */
  ok: boolean;
  /** Canonical key of the session that was found. */
  key: string;
}

/** A session in a list. Settings that are not set are absent. */
export interface SessionRow {
  /** Canonical key. */
  key: string;
  /** What kind of conversation it is. */
  kind: "direct" | "group" | "global" | "unknown";
  /** Label. */
  label?: string;
  /** Name to show. */
  displayName?: string;
  /** Channel it came from. */
  channel?: string;
  /** Subject of a group. */
  subject?: string;
  /** Channel of a group. */
  groupChannel?: string;
  /** Space of a group. */
  space?: string;
  /** `direct`, `group` or `channel`. */
  chatType?: string;
  /** Where it began, as it is stored. */
  origin?: unknown;
  /** Last use, milliseconds since 1970 UTC, or null. */
  updatedAt: number | null;
  /** Id of the current transcript. */
  sessionId?: string;
  /** A run has sent a system prompt. */
  systemSent?: boolean;
  /** The last run was cut short. */
  abortedLastRun?: boolean;
  /** Thinking level. */
  thinkingLevel?: string;
  /** Verbose level. */
  verboseLevel?: string;
  /** Reasoning level. */
  reasoningLevel?: string;
  /** Elevated level. */
  elevatedLevel?: string;
  /** `allow` or `deny`. */
  sendPolicy?: string;
  /** Prompt tokens of the last run. */
  inputTokens?: number;
  /** Generated tokens of the last run. */
  outputTokens?: number;
  /** Size of the last prompt, or else the tokens of the last run. */
  totalTokens: number;
  /** Usage line under replies. */
  responseUsage?: string;
  /** Provider of the model that the next run uses. */
  modelProvider: string;
  /** Model that the next run uses. */
  model: string;
  /** Context window in tokens. */
  contextTokens?: number;
  /** Where replies go, as it is stored. */
  deliveryContext?: unknown;
  /** Channel of the last message. */
  lastChannel?: string;
  /** Recipient of the last reply. */
  lastTo?: string;
  /** Account of the last reply. */
  lastAccountId?: string;
  /** A title made from the name or the first message; only when asked for. */
  derivedTitle?: string;
  /** The last message's text; only when asked for. */
  lastMessagePreview?: string;
  [property: string]: unknown;
}

/** Result of `sessions.usage`. */
export interface SessionUsageResult {
  /** Now, milliseconds since 1970 UTC. */
  updatedAt: number;
  /** First day. */
  startDate: string;
  /** Last day. */
  endDate: string;
  /** Newest first. */
  sessions: SessionUsageRow[];
  /** Sums over all rows. */
  totals: UsageSums;
  /** Sums by subject. */
  aggregates: UsageAggregates;
}

/** One transcript: the current one of a session, or one that no session refers to any more. */
export interface SessionUsageRow {
  /** Canonical key. */
  key: string;
  /** Label. */
  label?: string;
  /** Id of the transcript. */
  sessionId: string;
  /** Last use, milliseconds since 1970 UTC; the Node gateway tells fractions where it takes the file's time. */
  updatedAt: number;
  /** Agent. */
  agentId?: string;
  /** Channel it came from. */
  channel?: string;
  /** `direct`, `group` or `channel`. */
  chatType?: string;
  /** Where it began, as it is stored. */
  origin?: unknown;
  /** Model that the session was told to use. */
  modelOverride?: string;
  /** Its provider. */
  providerOverride?: string;
  /** Provider of the model that answered last. */
  modelProvider?: string;
  /** Model that answered last. */
  model?: string;
  /** What it used, or null. */
  usage: SessionUsageSummary | null;
  /** The report about the last system prompt as it is stored, null when there is none; only when asked for. */
  contextWeight?: unknown;
}

/** What one transcript says about use and cost; the sums are the inherited members. */
export interface SessionUsageSummary {
  /** Id of the transcript. */
  sessionId?: string;
  /** Its file. */
  sessionFile: string;
  /** First message of the range, milliseconds since 1970 UTC. */
  firstActivity?: number;
  /** Last message of the range, milliseconds since 1970 UTC. */
  lastActivity?: number;
  /** Between them. */
  durationMs?: number;
  /** Days with messages. */
  activityDates: string[];
  /** Use by day. */
  dailyBreakdown: UsageDay[];
  /** Messages by day. */
  dailyMessageCounts: DailyUsageMessages[];
  /** Time to answer by day. */
  dailyLatency?: DailyUsageLatency[];
  /** Use by day and model. */
  dailyModelUsage?: DailyUsageModel[];
  /** Messages. */
  messageCounts: UsageMessages;
  /** Tools. */
  toolUsage?: UsageTools;
  /** Use by model. */
  modelUsage?: UsageModel[];
  /** Time to answer. */
  latency?: UsageLatency;
  /** Prompt tokens that were not cached. */
  input: number;
  /** Generated tokens. */
  output: number;
  /** Prompt tokens read from the provider's cache. */
  cacheRead: number;
  /** Prompt tokens written to it. */
  cacheWrite: number;
  /** All of them. */
  totalTokens: number;
  /** US dollars. */
  totalCost: number;
  /** Its part for prompts. */
  inputCost: number;
  /** Its part for answers. */
  outputCost: number;
  /** Its part for reading the cache. */
  cacheReadCost: number;
  /** Its part for writing the cache. */
  cacheWriteCost: number;
  /** Model calls whose price is not known; they are not in the cost. */
  missingCostEntries: number;
}

/** Params of `sessions.compact`. */
export interface SessionsCompactParams {
  /** Session key. */
  key: string;
  /** Lines to keep; 400 when absent. */
  maxLines?: number;
}

/** Params of `sessions.delete`. */
export interface SessionsDeleteParams {
  /** Session key. */
  key: string;
  /** Archive the transcript too; true when absent. */
  deleteTranscript?: boolean;
}

/** Params of `sessions.list`. */
export interface SessionsListParams {
  /** Most rows. */
  limit?: number;
  /** Only sessions used within so many minutes. */
  activeMinutes?: number;
  /** Include the global session. */
  includeGlobal?: boolean;
  /** Include sessions of unknown origin. */
  includeUnknown?: boolean;
  /** Derive a title from the first message. */
  includeDerivedTitles?: boolean;
  /** Include a preview of the last message. */
  includeLastMessage?: boolean;
  /** Only the session of this label. */
  label?: string;
  /** Only sessions started by this one. */
  spawnedBy?: string;
  /** Only sessions of this agent. */
  agentId?: string;
  /** Case-insensitive substring of name, label, subject, id or key. */
  search?: string;
}

/** Params of `sessions.patch`; null clears a field, absence keeps it. */
export interface SessionsPatchParams {
  /** Session key. */
  key: string;
  /** Label, unique over all sessions. */
  label?: string | null;
  /** Thinking level. */
  thinkingLevel?: string | null;
  /** Verbose level. */
  verboseLevel?: string | null;
  /** Reasoning level. */
  reasoningLevel?: string | null;
  /** Usage line under replies. */
  responseUsage?: "off" | "tokens" | "full" | "on" | null;
  /** Elevated level. */
  elevatedLevel?: string | null;
  /** Where commands run. */
  execHost?: string | null;
  /** Which commands run. */
  execSecurity?: string | null;
  /** When a command needs a person's consent. */
  execAsk?: string | null;
  /** Node that commands run on. */
  execNode?: string | null;
  /** Model. */
  model?: string | null;
  /** Session that started this one. */
  spawnedBy?: string | null;
  /** Whether messages are taken. */
  sendPolicy?: "allow" | "deny" | null;
  /** When a group message wakes the agent. */
  groupActivation?: "mention" | "always" | null;
}

/** Params of `sessions.preview`. */
export interface SessionsPreviewParams {
  /** Session keys; the first 64 are used. */
  keys: string[];
  /** Items per session; 12 when absent, at most 50. */
  limit?: number;
  /** Characters per item; 240 when absent, at most 2000. */
  maxChars?: number;
}

/** Params of `sessions.reset`. */
export interface SessionsResetParams {
  /** Session key. */
  key: string;
}

/** Params of `sessions.resolve`: exactly one of key, session id, label. */
export interface SessionsResolveParams {
  /** Session key. */
  key?: string;
  /** Session id. */
  sessionId?: string;
  /** Label. */
  label?: string;
  /** Only sessions of this agent. */
  agentId?: string;
  /** Only sessions started by this one. */
  spawnedBy?: string;
  /** Include the global session. */
  includeGlobal?: boolean;
  /** Include sessions of unknown origin. */
  includeUnknown?: boolean;
}

/** Params of `sessions.usage`. */
export interface SessionsUsageParams {
  /** One session. */
  key?: string;
  /** First day, YYYY-MM-DD. */
  startDate?: string;
  /** Last day, YYYY-MM-DD. */
  endDate?: string;
  /** Most sessions; 50 when absent. */
  limit?: number;
  /** Include what fills the context. */
  includeContextWeight?: boolean;
}

/** Payload of `shutdown`. */
export interface ShutdownEvent {
  /** `gateway stopping` or `gateway restarting`. */
  reason: string;
  /** When to reconnect, in milliseconds; null when it does not come back by itself. */
  restartExpectedMs: number | null;
}

/** Params of `skills.install`. */
export interface SkillsInstallParams {
  /** The skill. */
  name: string;
  /** Which of its ways to install what it needs. */
  installId: string;
  /** How long that may take, in milliseconds. */
  timeoutMs?: number;
}

/** Params of `skills.status`. */
export interface SkillsStatusParams {
  /** The agent; the default one when absent. */
  agentId?: string;
}

/** Params of `skills.update`. What is absent stays. */
export interface SkillsUpdateParams {
  /** The skill. */
  skillKey: string;
  /** Whether it may be used. */
  enabled?: boolean;
  /** Its API key; blank removes it. */
  apiKey?: string;
  /** Variables it gets; a blank value removes one. */
  env?: Record<string, string>;
}

/** Result of `skills.update`. */
export interface SkillsUpdateResult {
  /** Always true. */
  ok: boolean;
  /** The skill. */
  skillKey: string;
  /** What is configured for it now. */
  config: unknown;
}

/** Counters that tell a client which of its copies are stale. */
export interface StateVersion {
  /** Rises with every change of presence. */
  presence: number;
  /** Rises with every finished health refresh. */
  health: number;
}

/** Sessions of one agent. */
export interface StatusAgentSessions {
  /** Agent id. */
  agentId: string;
  /** Store path. */
  path: string;
  /** Number of sessions. */
  count: number;
  /** The newest, at most ten. */
  recent: unknown[];
}

/** Heartbeats in a status summary. */
export interface StatusHeartbeat {
  /** Agent that answers by default. */
  defaultAgentId: string;
  /** One row per agent. */
  agents: StatusHeartbeatAgent[];
}

/** Heartbeat of one agent. */
export interface StatusHeartbeatAgent {
  /** Agent id. */
  agentId: string;
  /** True when it runs. */
  enabled: boolean;
  /** Interval as configured. */
  every: string;
  /** Interval in milliseconds, or null. */
  everyMs: number | null;
}

/** Link state of a channel. */
export interface StatusLinkChannel {
  /** Channel id. */
  id: string;
  /** Display name. */
  label: string;
  /** True when an account is linked. */
  linked: boolean;
  /** Age of the credentials in milliseconds, or null. */
  authAgeMs: number | null;
}

/** Defaults of sessions. */
export interface StatusSessionDefaults {
  /** Model id, or null. */
  model: string | null;
  /** Context size in tokens, or null. */
  contextTokens: number | null;
}

/** Sessions in a status summary. */
export interface StatusSessions {
  /** Store paths of all agents. */
  paths: string[];
  /** Number of sessions over all agents. */
  count: number;
  /** Model and context size used where a session says nothing. */
  defaults: StatusSessionDefaults;
  /** The newest sessions, at most ten; rows of the session store. */
  recent: unknown[];
  /** The same per agent. */
  byAgent: StatusAgentSessions[];
}

/** Result of `status`. */
export interface StatusSummary {
  /** The first channel that can be linked; absent without one. */
  linkChannel?: StatusLinkChannel;
  /** Heartbeats of all agents. */
  heartbeat: StatusHeartbeat;
  /** One line per channel. */
  channelSummary: string[];
  /** Texts that wait for the main session's next turn. */
  queuedSystemEvents: string[];
  /** What a gateway that crashed again and again holds back; absent when nothing. */
  safeMode?: SafeModeNotice;
  /** Why the configuration file as it is now is not in force; absent when it is. */
  configProblem?: ConfigFileProblem;
  /** Sessions of all agents. */
  sessions: StatusSessions;
  [property: string]: unknown;
}

/** Params of `system-event`. Values of a wrong type are ignored, as the peer does. */
export interface SystemEventParams {
  /** The event's text; required and not blank. */
  text?: unknown;
  /** Device that reports. */
  deviceId?: unknown;
  /** Instance that reports. */
  instanceId?: unknown;
  /** Host name. */
  host?: unknown;
  /** Address. */
  ip?: unknown;
  /** Mode. */
  mode?: unknown;
  /** Version. */
  version?: unknown;
  /** Platform. */
  platform?: unknown;
  /** Device family. */
  deviceFamily?: unknown;
  /** Hardware model. */
  modelIdentifier?: unknown;
  /** Seconds since last input. */
  lastInputSeconds?: unknown;
  /** Reason. */
  reason?: unknown;
  /** Roles. */
  roles?: unknown;
  /** Scopes. */
  scopes?: unknown;
  /** Accepted and dropped. */
  tags?: unknown;
  [property: string]: unknown;
}

/** A workspace file in the prompt. */
export interface SystemPromptFile {
  /** Name. */
  name: string;
  /** Absolute path. */
  path: string;
  /** It is not there; the prompt says so. */
  missing: boolean;
  /** Size of the file. */
  rawChars: number;
  /** Size of what the prompt holds of it. */
  injectedChars: number;
  /** Its middle was left out. */
  truncated: boolean;
}

/** What a run's system prompt was made of; clients show it as the context report. Sizes are in characters. */
export interface SystemPromptReport {
  /** `run`: measured on a prompt that was sent. `estimate`: on one that would be. */
  source: "run" | "estimate";
  /** When it was made, Unix milliseconds. */
  generatedAt: number;
  /** Session id. */
  sessionId?: string;
  /** Session key. */
  sessionKey?: string;
  /** Provider id of the model. */
  provider?: string;
  /** Model id. */
  model?: string;
  /** Workspace of the agent. */
  workspaceDir?: string;
  /** Most characters of one workspace file. */
  bootstrapMaxChars?: number;
  /** Whether the run's tools were in a sandbox. */
  sandbox?: SystemPromptSandbox;
  /** The whole prompt. */
  systemPrompt: SystemPromptSize;
  /** Files of the workspace that it holds or should hold. */
  injectedWorkspaceFiles: SystemPromptFile[];
  /** Skills that it lists. */
  skills: SystemPromptSkills;
  /** Tools that the model was offered. */
  tools: SystemPromptTools;
  [property: string]: unknown;
}

/** Sandbox of a run. */
export interface SystemPromptSandbox {
  /** `off`, `non-main` or `all`. */
  mode?: string;
  /** This run was in one. */
  sandboxed?: boolean;
}

/** Size of a system prompt. */
export interface SystemPromptSize {
  /** All of it. */
  chars: number;
  /** The part with the workspace files. */
  projectContextChars: number;
  /** The rest. */
  nonProjectContextChars: number;
}

/** A skill in the prompt. */
export interface SystemPromptSkill {
  /** Name. */
  name: string;
  /** Size of what is said about it. */
  blockChars: number;
}

/** Skills in the prompt. */
export interface SystemPromptSkills {
  /** All of them. */
  promptChars: number;
  /** One by one. */
  entries: SystemPromptSkill[];
}

/** A tool of a run. */
export interface SystemPromptTool {
  /** Name. */
  name: string;
  /** Size of its description. */
  summaryChars: number;
  /** Size of its schema. */
  schemaChars: number;
  /** Number of its parameters; absent when its schema tells none. */
  propertiesCount?: number;
}

/** Tools of a run. */
export interface SystemPromptTools {
  /** Size of their list in the prompt. */
  listChars: number;
  /** Size of all their schemas, which are sent beside the prompt. */
  schemaChars: number;
  /** One by one. */
  entries: SystemPromptTool[];
}

/** Payload of `talk.mode`: people talk with the agent, or stopped. */
export interface TalkModeEvent {
  /** Whether they do. */
  enabled: boolean;
  /** What happens at the moment. */
  phase: string | null;
  /** When, Unix milliseconds. */
  ts: number;
  [property: string]: unknown;
}

/** Params of `talk.mode`. */
export interface TalkModeParams {
  /** Whether people talk with the agent. */
  enabled: boolean;
  /** What happens at the moment, e.g. `listening`. */
  phase?: string;
}

/** Payload of `tick`. */
export interface TickEvent {
  /** The gateway's clock, Unix milliseconds. */
  ts: number;
}

/** Params of `update.run`. */
export interface UpdateRunParams {
  /** Session that is told afterwards. */
  sessionKey?: string;
  /** What it is told. */
  note?: string;
  /** Milliseconds until the restart. */
  restartDelayMs?: number;
  /** How long the update may take, in milliseconds. */
  timeoutMs?: number;
}

/** Use by one agent. */
export interface UsageAgent {
  /** Agent. */
  agentId: string;
  /** Sums. */
  totals: UsageSums;
}

/** Sums over all sessions of the result. */
export interface UsageAggregates {
  /** Messages. */
  messages: UsageMessages;
  /** Tools. */
  tools: UsageTools;
  /** Costliest first. */
  byModel: UsageModel[];
  /** Costliest first. */
  byProvider: UsageModel[];
  /** Costliest first. */
  byAgent: UsageAgent[];
  /** Costliest first. */
  byChannel: UsageChannel[];
  /** Time to answer. */
  latency?: UsageLatency;
  /** Time to answer by day. */
  dailyLatency: DailyUsageLatency[];
  /** Use by day and model. */
  modelDaily: DailyUsageModel[];
  /** Everything by day. */
  daily: DailyUsage[];
}

/** Use by one channel. */
export interface UsageChannel {
  /** Channel. */
  channel: string;
  /** Sums. */
  totals: UsageSums;
}

/** Use on a day. */
export interface UsageDay {
  /** Day, YYYY-MM-DD in the gateway's local time. */
  date: string;
  /** Tokens. */
  tokens: number;
  /** US dollars. */
  cost: number;
}

/** Milliseconds from a message to its answer. */
export interface UsageLatency {
  /** Number of answers. */
  count: number;
  /** Mean. */
  avgMs: number;
  /** 95 of 100 were faster. */
  p95Ms: number;
  /** Fastest. */
  minMs: number;
  /** Slowest. */
  maxMs: number;
}

/** Numbers of messages. */
export interface UsageMessages {
  /** All. */
  total: number;
  /** People's messages. */
  user: number;
  /** Answers. */
  assistant: number;
  /** Calls of tools. */
  toolCalls: number;
  /** Results of tools. */
  toolResults: number;
  /** Failed answers and failed tool results. */
  errors: number;
}

/** Use of one model, or of all of a provider. */
export interface UsageModel {
  /** Provider id, when the transcript tells it. */
  provider?: string;
  /** Model id, when the transcript tells it. */
  model?: string;
  /** Calls. */
  count: number;
  /** Sums. */
  totals: UsageSums;
}

/** Sums of tokens and US dollars. */
export interface UsageSums {
  /** Prompt tokens that were not cached. */
  input: number;
  /** Generated tokens. */
  output: number;
  /** Prompt tokens read from the provider's cache. */
  cacheRead: number;
  /** Prompt tokens written to it. */
  cacheWrite: number;
  /** All of them. */
  totalTokens: number;
  /** US dollars. */
  totalCost: number;
  /** Its part for prompts. */
  inputCost: number;
  /** Its part for answers. */
  outputCost: number;
  /** Its part for reading the cache. */
  cacheReadCost: number;
  /** Its part for writing the cache. */
  cacheWriteCost: number;
  /** Model calls whose price is not known; they are not in the cost. */
  missingCostEntries: number;
}

/** Calls of one tool. */
export interface UsageTool {
  /** Name. */
  name: string;
  /** Calls. */
  count: number;
}

/** Calls of tools. */
export interface UsageTools {
  /** All calls. */
  totalCalls: number;
  /** Different tools. */
  uniqueTools: number;
  /** Most called first. */
  tools: UsageTool[];
}

/** Payload of `voicewake.changed`: the words that wake a device. */
export interface VoiceWakeChangedEvent {
  /** All of them. */
  triggers: string[];
  [property: string]: unknown;
}

/** Params of `wake`. */
export interface WakeParams {
  /** When the agent is to look at it. */
  mode: "now" | "next-heartbeat";
  /** What the main session is told. */
  text: string;
}

/** Params of `web.login.start`. */
export interface WebLoginStartParams {
  /** Also when it is linked already. */
  force?: boolean;
  /** How long to wait for the code, in milliseconds. */
  timeoutMs?: number;
  /** Say more in the log. */
  verbose?: boolean;
  /** The account. */
  accountId?: string;
}

/** Params of `web.login.wait`. */
export interface WebLoginWaitParams {
  /** How long to wait, in milliseconds. */
  timeoutMs?: number;
  /** The account. */
  accountId?: string;
}

/** An answer to a step. */
export interface WizardAnswer {
  /** The step. */
  stepId: string;
  /** What was chosen or typed. */
  value?: unknown;
}

/** Params of `wizard.next`. */
export interface WizardNextParams {
  /** The wizard's session. */
  sessionId: string;
  /** Answer to its last step. */
  answer?: WizardAnswer;
}

/** Params of `wizard.cancel` and `wizard.status`. */
export interface WizardSessionParams {
  /** The wizard's session. */
  sessionId: string;
}

/** Params of `wizard.start`. */
export interface WizardStartParams {
  /** What is set up. */
  mode?: "local" | "remote";
  /** Workspace to propose. */
  workspace?: string;
}

/** Any frame; `type` tells which. */
export type GatewayFrame = RequestFrame | ResponseFrame | EventFrame;

/** Params and result of every method, by its name on the wire. */
export interface GatewayMethods {
  /** The handshake. */
  "connect": { params: ConnectParams; result: HelloOk };
  /** Health snapshot. */
  "health": { params: HealthParams; result: HealthSnapshot };
  /** Status summary. */
  "status": { params: unknown; result: StatusSummary };
  /** All presence entries. */
  "system-presence": { params: unknown; result: PresenceEntry[] };
  /** Report of a host. */
  "system-event": { params: SystemEventParams; result: OkResult };
  /** Last heartbeat, or null. */
  "last-heartbeat": { params: unknown; result: unknown };
  /** End of the log file. */
  "logs.tail": { params: LogsTailParams; result: LogsTailResult };
  /** The configuration. */
  "config.get": { params: EmptyParams; result: ConfigGetResult };
  /** Replaces the configuration. */
  "config.set": { params: ConfigSetParams; result: ConfigSetResult };
  /** Replaces the configuration, with a note for the time after a restart. */
  "config.apply": { params: ConfigChangeParams; result: ConfigChangeResult };
  /** Changes parts of the configuration. */
  "config.patch": { params: ConfigChangeParams; result: ConfigChangeResult };
  /** What a configuration may hold. */
  "config.schema": { params: EmptyParams; result: ConfigSchemaResult };
  /** Agents. */
  "agents.list": { params: EmptyParams; result: AgentsListResult };
  /** Adds an agent. */
  "agents.create": { params: AgentsCreateParams; result: AgentsCreateResult };
  /** Changes an agent. */
  "agents.update": { params: AgentsUpdateParams; result: AgentsUpdateResult };
  /** Removes an agent. */
  "agents.delete": { params: AgentsDeleteParams; result: AgentsDeleteResult };
  /** How an agent presents itself. */
  "agent.identity.get": { params: AgentIdentityGetParams; result: AgentIdentityGetResult };
  /** Models. */
  "models.list": { params: EmptyParams; result: ModelsListResult };
  /** One turn, answered twice. */
  "agent": { params: AgentParams; accepted: AgentAccepted; result: AgentFinal };
  /** Waits for a run. */
  "agent.wait": { params: AgentWaitParams; result: AgentWaitResult };
  /** Messages of a session. */
  "chat.history": { params: ChatHistoryParams; result: ChatHistoryResult };
  /** Sends a message. */
  "chat.send": { params: ChatSendParams; result: ChatSendResult };
  /** Stops runs. */
  "chat.abort": { params: ChatAbortParams; result: ChatAbortResult };
  /** Puts an assistant message into a session. */
  "chat.inject": { params: ChatInjectParams; result: ChatInjectResult };
  /** Sessions. */
  "sessions.list": { params: SessionsListParams; result: SessionListResult };
  /** Last messages of sessions. */
  "sessions.preview": { params: SessionsPreviewParams; result: SessionPreviewsResult };
  /** Finds a session. */
  "sessions.resolve": { params: SessionsResolveParams; result: SessionResolveResult };
  /** Changes a session's settings. */
  "sessions.patch": { params: SessionsPatchParams; result: SessionPatchResult };
  /** Starts a session anew. */
  "sessions.reset": { params: SessionsResetParams; result: SessionResetResult };
  /** Deletes a session. */
  "sessions.delete": { params: SessionsDeleteParams; result: SessionDeletionResult };
  /** Shortens a transcript. */
  "sessions.compact": { params: SessionsCompactParams; result: SessionCompactionResult };
  /** Tokens and costs per session. */
  "sessions.usage": { params: SessionsUsageParams; result: SessionUsageResult };
  /** Devices that wait, and those that were approved. */
  "device.pair.list": { params: EmptyParams; result: DevicePairListResult };
  /** Approves a device. */
  "device.pair.approve": { params: DevicePairDecisionParams; result: DevicePairApproveResult };
  /** Turns a device away. */
  "device.pair.reject": { params: DevicePairDecisionParams; result: DevicePairRejectResult };
  /** Replaces a device's token. */
  "device.token.rotate": { params: DeviceTokenRotateParams; result: DeviceTokenRotateResult };
  /** Ends a device's token. */
  "device.token.revoke": { params: DeviceTokenRevokeParams; result: DeviceTokenRevokeResult };
  /** Asks for a place in the node-pair store. */
  "node.pair.request": { params: NodePairRequestParams; result: NodePairRequestResult };
  /** The node-pair store. */
  "node.pair.list": { params: EmptyParams; result: NodePairListResult };
  /** Puts a node into the store. */
  "node.pair.approve": { params: NodePairDecisionParams; result: NodePairApproveResult };
  /** Turns a node away. */
  "node.pair.reject": { params: NodePairDecisionParams; result: NodePairRejectResult };
  /** Checks a node's token. */
  "node.pair.verify": { params: NodePairVerifyParams; result: NodePairVerifyResult };
  /** Renames a node of the store. */
  "node.rename": { params: NodeRenameParams; result: NodeRenameResult };
  /** Connected and approved nodes. */
  "node.list": { params: EmptyParams; result: NodeListResult };
  /** One of them. */
  "node.describe": { params: NodeDescribeParams; result: NodeDescribeResult };
  /** Lets a node run a command. */
  "node.invoke": { params: NodeInvokeParams; result: NodeInvokeResult };
  /** A node's answer. */
  "node.invoke.result": { params: NodeInvokeResultParams; result: NodeInvokeResultResult };
  /** Something happened at a node. */
  "node.event": { params: NodeEventParams; result: OkResult };
  /** Asks people about a command. */
  "exec.approval.request": { params: ExecApprovalRequestParams; result: ExecApprovalRequestResult };
  /** Decides about a command. */
  "exec.approval.resolve": { params: ExecApprovalResolveParams; result: OkResult };
  /** What was decided about commands for good. */
  "exec.approvals.get": { params: EmptyParams; result: ExecApprovalsResult };
  /** Replaces it. */
  "exec.approvals.set": { params: ExecApprovalsSetParams; result: ExecApprovalsResult };
  /** The same of a node. */
  "exec.approvals.node.get": { params: ExecApprovalsNodeGetParams; result: unknown };
  /** Replaces it at a node. */
  "exec.approvals.node.set": { params: ExecApprovalsNodeSetParams; result: unknown };
  /** State of channels. */
  "channels.status": { params: ChannelsStatusParams; result: unknown };
  /** Signs a channel's account out. */
  "channels.logout": { params: ChannelsLogoutParams; result: unknown };
  /** Begins to link a channel by a code. */
  "web.login.start": { params: WebLoginStartParams; result: unknown };
  /** Waits until it is linked. */
  "web.login.wait": { params: WebLoginWaitParams; result: unknown };
  /** Sends a message over a channel. */
  "send": { params: SendParams; result: unknown };
  /** Sends a question with answers to choose from. */
  "poll": { params: PollParams; result: unknown };
  /** What newer clients send instead of both. */
  "message.action": { params: unknown; result: unknown };
  /** How many messages to send there are, by what became of them. */
  "outbox.status": { params: EmptyParams; result: unknown };
  /** Messages to send, and what became of them. */
  "outbox.list": { params: OutboxListParams; result: unknown };
  /** Sends a message again that failed or may be there. */
  "outbox.retry": { params: OutboxDecisionParams; result: unknown };
  /** Gives a message up. */
  "outbox.drop": { params: OutboxDecisionParams; result: unknown };
  /** Senders that wait to be let in. */
  "channels.pairing.list": { params: ChannelsPairingListParams; result: unknown };
  /** Lets one of them in. */
  "channels.pairing.approve": { params: ChannelsPairingApproveParams; result: unknown };
  /** People talk with the agent, or stop. */
  "talk.mode": { params: TalkModeParams; result: unknown };
  /** Words that wake a device. */
  "voicewake.get": { params: unknown; result: unknown };
  /** Replaces them. */
  "voicewake.set": { params: unknown; result: unknown };
  /** Whether and how answers are spoken. */
  "tts.status": { params: unknown; result: unknown };
  /** Who can speak them. */
  "tts.providers": { params: unknown; result: unknown };
  /** Answers are spoken. */
  "tts.enable": { params: unknown; result: unknown };
  /** Answers are not spoken. */
  "tts.disable": { params: unknown; result: unknown };
  /** Chooses who speaks. */
  "tts.setProvider": { params: unknown; result: unknown };
  /** Speaks a text. */
  "tts.convert": { params: unknown; result: unknown };
  /** Limits of providers. */
  "usage.status": { params: unknown; result: unknown };
  /** Tokens and costs per day. */
  "usage.cost": { params: unknown; result: unknown };
  /** One session, call by call. */
  "sessions.usage.timeseries": { params: unknown; result: unknown };
  /** One session, message by message. */
  "sessions.usage.logs": { params: unknown; result: unknown };
  /** Known files of a workspace. */
  "agents.files.list": { params: AgentFilesListParams; result: AgentFilesListResult };
  /** Reads one of them. */
  "agents.files.get": { params: AgentFilesGetParams; result: AgentFileResult };
  /** Writes one of them. */
  "agents.files.set": { params: AgentFilesSetParams; result: AgentFileResult };
  /** Skills of an agent. */
  "skills.status": { params: SkillsStatusParams; result: unknown };
  /** Programs that skills need, for nodes. */
  "skills.bins": { params: EmptyParams; result: unknown };
  /** Installs what a skill needs. */
  "skills.install": { params: SkillsInstallParams; result: unknown };
  /** Configures a skill. */
  "skills.update": { params: SkillsUpdateParams; result: SkillsUpdateResult };
  /** Tells the main session something. */
  "wake": { params: WakeParams; result: unknown };
  /** Controls a browser. */
  "browser.request": { params: unknown; result: unknown };
  /** Installs a newer version. */
  "update.run": { params: UpdateRunParams; result: unknown };
  /** Begins the setup wizard. */
  "wizard.start": { params: WizardStartParams; result: unknown };
  /** Its next step. */
  "wizard.next": { params: WizardNextParams; result: unknown };
  /** Ends it. */
  "wizard.cancel": { params: WizardSessionParams; result: unknown };
  /** How far it is. */
  "wizard.status": { params: WizardSessionParams; result: unknown };
  /** Switches heartbeats on and off. */
  "set-heartbeats": { params: unknown; result: unknown };
  /** Schedules. */
  "cron.list": { params: CronListParams; result: unknown };
  /** Whether they are run. */
  "cron.status": { params: EmptyParams; result: unknown };
  /** How the runs of one ended. */
  "cron.runs": { params: unknown; result: unknown };
  /** Makes a job; its params come in several forms. */
  "cron.add": { params: unknown; result: unknown };
  /** Changes a job. */
  "cron.update": { params: unknown; result: unknown };
  /** Removes a job. */
  "cron.remove": { params: unknown; result: unknown };
  /** Runs a job now. */
  "cron.run": { params: unknown; result: unknown };
}

/** Name of a method. */
export type GatewayMethod = keyof GatewayMethods;

/** Payload of every event, by its name on the wire. */
export interface GatewayEvents {
  /** First frame of a connection. */
  "connect.challenge": ChallengeEvent;
  /** One step of an agent run. */
  "agent": AgentEvent;
  /** What a chat window shows. */
  "chat": ChatEvent;
  /** The whole presence list. */
  "presence": PresenceEvent;
  /** Keep-alive. */
  "tick": TickEvent;
  /** The gateway goes away. */
  "shutdown": ShutdownEvent;
  /** A fresh health snapshot. */
  "health": HealthSnapshot;
  /** A node asks to be put into the node-pair store. */
  "node.pair.requested": NodePairRequestedEvent;
  /** Such a request was decided. */
  "node.pair.resolved": NodePairResolvedEvent;
  /** A node is to run a command. */
  "node.invoke.request": NodeInvokeRequestEvent;
  /** A device asks to be paired. */
  "device.pair.requested": DevicePairRequestedEvent;
  /** Such a request was decided. */
  "device.pair.resolved": DevicePairResolvedEvent;
  /** A command waits for a person's decision. */
  "exec.approval.requested": ExecApprovalRequestedEvent;
  /** Such a command was decided about. */
  "exec.approval.resolved": ExecApprovalResolvedEvent;
  /** People talk with the agent, or stopped. */
  "talk.mode": TalkModeEvent;
  /** The words that wake a device. */
  "voicewake.changed": VoiceWakeChangedEvent;
}

/** Name of an event. */
export type GatewayEvent = keyof GatewayEvents;
