// Generated from the contract types by `openclaw protocol gen`. Changes are lost.
import Foundation

/// Numbers of the wire contract. Sizes are bytes, times milliseconds, unless the name says otherwise.
public enum ProtocolLimits {
    /// Oldest protocol generation that is served.
    public static let oldestVersion = 3
    /// Newest protocol generation that is served.
    public static let newestVersion = 4
    /// Largest inbound message: 524 288 bytes are accepted, one more closes with 1009.
    public static let maxPayloadBytes = 524288
    /// Largest first message: nobody is known yet (protocol 4's bound; connect requests have some 2 KiB).
    public static let maxHandshakeBytes = 65536
    /// Unsent bytes a connection may pile up before it counts as slow (1.5 MiB).
    public static let maxBufferedBytes = 1572864
    /// Interval of the `tick` event.
    public static let tickIntervalMs = 30000
    /// Time from the open socket to `hello-ok`.
    public static let handshakeTimeoutMs = 10000
    /// A close reason carries at most this many UTF-8 bytes (RFC 6455 allows 123; the peer cuts at 120).
    public static let maxCloseReasonBytes = 120
    /// Accepted distance of a device signature's clock from ours.
    public static let deviceSignatureSkewMs = 600000
    /// Nesting depth beyond which a frame is refused instead of read.
    public static let maxDepth = 512
    /// Largest JSON text of a `chat.history` answer; the oldest messages are left out beyond it.
    public static let maxHistoryBytes = 6291456
    /// Least time between two `chat` deltas of one run.
    public static let chatDeltaIntervalMs = 150
    /// Longest `errorMessage` of a chat event and longest text of a handler error, in UTF-16 units, before `...`.
    public static let maxErrorTextChars = 240
    /// Largest attachment of a chat or agent message, decoded.
    public static let maxAttachmentBytes = 5000000
}

/// WebSocket close codes that the gateway sends, and what each means to a client.
public enum CloseCodes {
    /// Handshake timed out, or the first message was not JSON.
    public static let normal = 1000
    /// No common protocol version.
    public static let protocolMismatch = 1002
    /// A text message that is not UTF-8.
    public static let invalidPayload = 1007
    /// The handshake was refused, or the client reads too slowly.
    public static let policyViolation = 1008
    /// The message exceeds `ProtocolLimits.maxPayloadBytes`.
    public static let messageTooBig = 1009
    /// The gateway failed on this connection; its log says why.
    public static let internalError = 1011
    /// The gateway stops or restarts; reconnect.
    public static let serviceRestart = 1012
    /// The gateway cannot take the connection now; try again later.
    public static let tryAgainLater = 1013
    /// The token of the connection's device was rotated or revoked.
    public static let deviceRemoved = 4001
}

/// Values of `ErrorShape.code`.
public enum ErrorCodes {
    /// The request is wrong or not allowed; repeating it unchanged is pointless.
    public static let invalidRequest = "INVALID_REQUEST"
    /// The device has to be paired first.
    public static let notPaired = "NOT_PAIRED"
    /// The work could not be done now.
    public static let unavailable = "UNAVAILABLE"
    /// An agent run exceeded its time.
    public static let agentTimeout = "AGENT_TIMEOUT"
    /// The channel has no linked account.
    public static let notLinked = "NOT_LINKED"
    /// Protocol 4 only: the connection lacks a scope.
    public static let forbidden = "FORBIDDEN"
}

/// Scopes that an operator connection can hold.
public enum OperatorScopes {
    /// Passes every check of the operator role.
    public static let admin = "operator.admin"
    /// Reading methods.
    public static let read = "operator.read"
    /// Reading methods, and those that start work.
    public static let write = "operator.write"
    /// Deciding about commands that wait for approval.
    public static let approvals = "operator.approvals"
    /// Pairing of devices and nodes.
    public static let pairing = "operator.pairing"
}

/// The two roles of a connection.
public enum ConnectionRoles {
    /// A person's client, or a program acting for one.
    public static let `operator` = "operator"
    /// A device that offers commands to the gateway.
    public static let node = "node"
}

/// Any JSON value.
public enum JSONValue: Codable, Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    public init(from decoder: Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    public func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

/// A value, or `null` where `null` says something else than absence.
public enum OrNull<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    case null
    case value(Value)

    public init(from decoder: Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .null : .value(try container.decode(Value.self))
    }

    public func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .value(let value): try container.encode(value)
        }
    }
}

/// Values of `status` of `AgentAccepted`.
public struct AgentAcceptedStatus: RawRepresentable, Codable, Hashable, Sendable {
    public static let accepted = AgentAcceptedStatus(rawValue: "accepted")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// First answer of `agent`: it will run.
public struct AgentAccepted: Codable, Equatable, Sendable {
    /// The run.
    public var runId: String
    /// Always `accepted`.
    public var status: AgentAcceptedStatus
    /// When, Unix milliseconds.
    public var acceptedAt: Int64

    public init(runId: String, status: AgentAcceptedStatus, acceptedAt: Int64) {
        self.runId = runId
        self.status = status
        self.acceptedAt = acceptedAt
    }
}

/// Payload of `agent`: one step of a run.
public struct AgentEvent: Codable, Equatable, Sendable {
    /// The run.
    public var runId: String
    /// `lifecycle`, `assistant`, `tool`, `compaction` or `error`.
    public var stream: String
    /// Shaped by `stream`.
    public var data: JSONValue
    /// Number within the run, from 1; absent on a gap notice.
    public var seq: Int64?
    /// Unix milliseconds.
    public var ts: Int64
    /// Session of the run.
    public var sessionKey: String?

    public init(runId: String, stream: String, data: JSONValue, seq: Int64? = nil, ts: Int64, sessionKey: String? = nil) {
        self.runId = runId
        self.stream = stream
        self.data = data
        self.seq = seq
        self.ts = ts
        self.sessionKey = sessionKey
    }
}

/// A file of a workspace.
public struct AgentFile: Codable, Equatable, Sendable {
    /// Its name.
    public var name: String
    /// Where it is.
    public var path: String
    /// True when it does not exist.
    public var missing: Bool
    /// Bytes.
    public var size: Int64?
    /// When it was written, Unix milliseconds.
    public var updatedAtMs: Int64?
    /// Its text, where it was asked for.
    public var content: String?

    public init(name: String, path: String, missing: Bool, size: Int64? = nil, updatedAtMs: Int64? = nil, content: String? = nil) {
        self.name = name
        self.path = path
        self.missing = missing
        self.size = size
        self.updatedAtMs = updatedAtMs
        self.content = content
    }
}

/// Result of `agents.files.get` and `agents.files.set`.
public struct AgentFileResult: Codable, Equatable, Sendable {
    /// True after a write.
    public var ok: Bool?
    /// The agent.
    public var agentId: String
    /// Its directory.
    public var workspace: String
    /// The file.
    public var file: AgentFile

    public init(ok: Bool? = nil, agentId: String, workspace: String, file: AgentFile) {
        self.ok = ok
        self.agentId = agentId
        self.workspace = workspace
        self.file = file
    }
}

/// Params of `agents.files.get`.
public struct AgentFilesGetParams: Codable, Equatable, Sendable {
    /// The agent.
    public var agentId: String
    /// One of the workspace's known files.
    public var name: String

    public init(agentId: String, name: String) {
        self.agentId = agentId
        self.name = name
    }
}

/// Params of `agents.files.list`.
public struct AgentFilesListParams: Codable, Equatable, Sendable {
    /// The agent.
    public var agentId: String

    public init(agentId: String) {
        self.agentId = agentId
    }
}

/// Result of `agents.files.list`.
public struct AgentFilesListResult: Codable, Equatable, Sendable {
    /// The agent.
    public var agentId: String
    /// Its directory.
    public var workspace: String
    /// The known files, whether they exist or not.
    public var files: [AgentFile]

    public init(agentId: String, workspace: String, files: [AgentFile]) {
        self.agentId = agentId
        self.workspace = workspace
        self.files = files
    }
}

/// Params of `agents.files.set`.
public struct AgentFilesSetParams: Codable, Equatable, Sendable {
    /// The agent.
    public var agentId: String
    /// One of the workspace's known files.
    public var name: String
    /// Its new content, possibly empty.
    public var content: String

    public init(agentId: String, name: String, content: String) {
        self.agentId = agentId
        self.name = name
        self.content = content
    }
}

/// Values of `status` of `AgentFinal`.
public struct AgentFinalStatus: RawRepresentable, Codable, Hashable, Sendable {
    public static let ok = AgentFinalStatus(rawValue: "ok")
    public static let error = AgentFinalStatus(rawValue: "error")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Second answer of `agent`.
public struct AgentFinal: Codable, Equatable, Sendable {
    /// The run.
    public var runId: String
    /// `ok` or `error`.
    public var status: AgentFinalStatus
    /// `completed`, or the error's text.
    public var summary: String?
    /// What the run produced; only with `ok`.
    public var result: AgentRunResult?

    public init(runId: String, status: AgentFinalStatus, summary: String? = nil, result: AgentRunResult? = nil) {
        self.runId = runId
        self.status = status
        self.summary = summary
        self.result = result
    }
}

/// An agent's persona.
public struct AgentIdentity: Codable, Equatable, Sendable {
    /// Name.
    public var name: String?
    /// Theme.
    public var theme: String?
    /// Emoji.
    public var emoji: String?
    /// Avatar: path in the workspace, address, or data URI.
    public var avatar: String?
    /// Address of the avatar.
    public var avatarUrl: String?

    public init(name: String? = nil, theme: String? = nil, emoji: String? = nil, avatar: String? = nil, avatarUrl: String? = nil) {
        self.name = name
        self.theme = theme
        self.emoji = emoji
        self.avatar = avatar
        self.avatarUrl = avatarUrl
    }
}

/// Params of `agent.identity.get`.
public struct AgentIdentityGetParams: Codable, Equatable, Sendable {
    /// Agent id.
    public var agentId: String?
    /// Session whose agent is meant.
    public var sessionKey: String?

    public init(agentId: String? = nil, sessionKey: String? = nil) {
        self.agentId = agentId
        self.sessionKey = sessionKey
    }
}

/// Result of `agent.identity.get`.
public struct AgentIdentityGetResult: Codable, Equatable, Sendable {
    /// Agent id.
    public var agentId: String
    /// Name to show.
    public var name: String
    /// Avatar to show: a letter, an address, or a data URI.
    public var avatar: String
    /// Emoji.
    public var emoji: String?

    public init(agentId: String, name: String, avatar: String, emoji: String? = nil) {
        self.agentId = agentId
        self.name = name
        self.avatar = avatar
        self.emoji = emoji
    }
}

/// Session and model of a run.
public struct AgentMeta: Codable, Equatable, Sendable {
    /// Session id.
    public var sessionId: String
    /// Provider id.
    public var provider: String
    /// Model id.
    public var model: String
    /// Tokens, summed over the run; zero fields are left out.
    public var usage: AgentUsage?

    public init(sessionId: String, provider: String, model: String, usage: AgentUsage? = nil) {
        self.sessionId = sessionId
        self.provider = provider
        self.model = model
        self.usage = usage
    }
}

/// Params of `agent`: one turn, answered twice.
public struct AgentParams: Codable, Equatable, Sendable {
    /// Text for the model.
    public var message: String
    /// Agent that is to answer.
    public var agentId: String?
    /// Recipient, which selects the session and the delivery.
    public var to: String?
    /// Recipient of the reply, when it differs.
    public var replyTo: String?
    /// Session by its id.
    public var sessionId: String?
    /// Session by its key.
    public var sessionKey: String?
    /// Thinking level of this turn.
    public var thinking: String?
    /// True sends the reply out over a channel.
    public var deliver: Bool?
    /// Images; at most 5 000 000 bytes each.
    public var attachments: [JSONValue]?
    /// Channel of the session.
    public var channel: String?
    /// Channel of the reply.
    public var replyChannel: String?
    /// Account of the channel.
    public var accountId: String?
    /// Account of the reply.
    public var replyAccountId: String?
    /// Thread.
    public var threadId: String?
    /// Group.
    public var groupId: String?
    /// Channel of the group.
    public var groupChannel: String?
    /// Space of the group.
    public var groupSpace: String?
    /// Time limit in seconds.
    public var timeout: Int64?
    /// Concurrency lane; `main` when absent.
    public var lane: String?
    /// Appended to the system prompt.
    public var extraSystemPrompt: String?
    /// Key that makes a repeat harmless; it becomes the run id.
    public var idempotencyKey: String
    /// Label of the session.
    public var label: String?
    /// Session that started this one.
    public var spawnedBy: String?

    public init(message: String, agentId: String? = nil, to: String? = nil, replyTo: String? = nil, sessionId: String? = nil, sessionKey: String? = nil, thinking: String? = nil, deliver: Bool? = nil, attachments: [JSONValue]? = nil, channel: String? = nil, replyChannel: String? = nil, accountId: String? = nil, replyAccountId: String? = nil, threadId: String? = nil, groupId: String? = nil, groupChannel: String? = nil, groupSpace: String? = nil, timeout: Int64? = nil, lane: String? = nil, extraSystemPrompt: String? = nil, idempotencyKey: String, label: String? = nil, spawnedBy: String? = nil) {
        self.message = message
        self.agentId = agentId
        self.to = to
        self.replyTo = replyTo
        self.sessionId = sessionId
        self.sessionKey = sessionKey
        self.thinking = thinking
        self.deliver = deliver
        self.attachments = attachments
        self.channel = channel
        self.replyChannel = replyChannel
        self.accountId = accountId
        self.replyAccountId = replyAccountId
        self.threadId = threadId
        self.groupId = groupId
        self.groupChannel = groupChannel
        self.groupSpace = groupSpace
        self.timeout = timeout
        self.lane = lane
        self.extraSystemPrompt = extraSystemPrompt
        self.idempotencyKey = idempotencyKey
        self.label = label
        self.spawnedBy = spawnedBy
    }
}

/// One piece of a reply.
public struct AgentPayload: Codable, Equatable, Sendable {
    /// Text.
    public var text: String?
    /// First medium, or null.
    public var mediaUrl: OrNull<String>?
    /// All media.
    public var mediaUrls: [String]?

    public init(text: String? = nil, mediaUrl: OrNull<String>? = nil, mediaUrls: [String]? = nil) {
        self.text = text
        self.mediaUrl = mediaUrl
        self.mediaUrls = mediaUrls
    }
}

/// One agent.
public struct AgentRow: Codable, Equatable, Sendable {
    /// Agent id.
    public var id: String
    /// Name for people.
    public var name: String?
    /// How it presents itself.
    public var identity: AgentIdentity?

    public init(id: String, name: String? = nil, identity: AgentIdentity? = nil) {
        self.id = id
        self.name = name
        self.identity = identity
    }
}

/// Why a run failed.
public struct AgentRunError: Codable, Equatable, Sendable {
    /// Kind, e.g. `context_overflow`, `timeout`, `provider`.
    public var kind: String
    /// Text for people.
    public var message: String

    public init(kind: String, message: String) {
        self.kind = kind
        self.message = message
    }
}

/// Facts about a finished run.
public struct AgentRunMeta: Codable, Equatable, Sendable {
    /// Duration in milliseconds.
    public var durationMs: Int64
    /// Session and model used.
    public var agentMeta: AgentMeta?
    /// True when it was cut short.
    public var aborted: Bool
    /// What the system prompt was made of.
    public var systemPromptReport: SystemPromptReport?
    /// Why the run failed while it still answered with a text.
    public var error: AgentRunError?

    public init(durationMs: Int64, agentMeta: AgentMeta? = nil, aborted: Bool, systemPromptReport: SystemPromptReport? = nil, error: AgentRunError? = nil) {
        self.durationMs = durationMs
        self.agentMeta = agentMeta
        self.aborted = aborted
        self.systemPromptReport = systemPromptReport
        self.error = error
    }
}

/// What a run produced.
public struct AgentRunResult: Codable, Equatable, Sendable {
    /// Texts and media in order.
    public var payloads: [AgentPayload]
    /// About the run.
    public var meta: AgentRunMeta

    public init(payloads: [AgentPayload], meta: AgentRunMeta) {
        self.payloads = payloads
        self.meta = meta
    }
}

/// Token counts.
public struct AgentUsage: Codable, Equatable, Sendable {
    /// Prompt tokens that were not cached.
    public var input: Int64?
    /// Generated tokens.
    public var output: Int64?
    /// Prompt tokens read from the provider's cache.
    public var cacheRead: Int64?
    /// Prompt tokens written to it.
    public var cacheWrite: Int64?
    /// All of them.
    public var total: Int64?

    public init(input: Int64? = nil, output: Int64? = nil, cacheRead: Int64? = nil, cacheWrite: Int64? = nil, total: Int64? = nil) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.total = total
    }
}

/// Params of `agent.wait`.
public struct AgentWaitParams: Codable, Equatable, Sendable {
    /// The run.
    public var runId: String
    /// Longest wait in milliseconds; 30 000 when absent, 0 only looks.
    public var timeoutMs: Int64?

    public init(runId: String, timeoutMs: Int64? = nil) {
        self.runId = runId
        self.timeoutMs = timeoutMs
    }
}

/// Values of `status` of `AgentWaitResult`.
public struct AgentWaitResultStatus: RawRepresentable, Codable, Hashable, Sendable {
    public static let ok = AgentWaitResultStatus(rawValue: "ok")
    public static let error = AgentWaitResultStatus(rawValue: "error")
    public static let timeout = AgentWaitResultStatus(rawValue: "timeout")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Result of `agent.wait`.
public struct AgentWaitResult: Codable, Equatable, Sendable {
    /// The run.
    public var runId: String
    /// How it stands.
    public var status: AgentWaitResultStatus
    /// Start, Unix milliseconds.
    public var startedAt: Int64?
    /// End, Unix milliseconds.
    public var endedAt: Int64?
    /// Error text.
    public var error: String?

    public init(runId: String, status: AgentWaitResultStatus, startedAt: Int64? = nil, endedAt: Int64? = nil, error: String? = nil) {
        self.runId = runId
        self.status = status
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.error = error
    }
}

/// Params of `agents.create`.
public struct AgentsCreateParams: Codable, Equatable, Sendable {
    /// Name for people; the id is made from it.
    public var name: String
    /// Directory it works in.
    public var workspace: String
    /// Emoji of its persona.
    public var emoji: String?
    /// Avatar of its persona.
    public var avatar: String?

    public init(name: String, workspace: String, emoji: String? = nil, avatar: String? = nil) {
        self.name = name
        self.workspace = workspace
        self.emoji = emoji
        self.avatar = avatar
    }
}

/// Result of `agents.create`.
public struct AgentsCreateResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The new agent.
    public var agentId: String
    /// Its name.
    public var name: String
    /// Its directory, absolute.
    public var workspace: String

    public init(ok: Bool, agentId: String, name: String, workspace: String) {
        self.ok = ok
        self.agentId = agentId
        self.name = name
        self.workspace = workspace
    }
}

/// Params of `agents.delete`.
public struct AgentsDeleteParams: Codable, Equatable, Sendable {
    /// The agent.
    public var agentId: String
    /// False keeps its workspace, its state and its sessions; otherwise they are moved to the trash.
    public var deleteFiles: Bool?

    public init(agentId: String, deleteFiles: Bool? = nil) {
        self.agentId = agentId
        self.deleteFiles = deleteFiles
    }
}

/// Result of `agents.delete`.
public struct AgentsDeleteResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The agent that is gone.
    public var agentId: String
    /// How many bindings named it.
    public var removedBindings: Int64

    public init(ok: Bool, agentId: String, removedBindings: Int64) {
        self.ok = ok
        self.agentId = agentId
        self.removedBindings = removedBindings
    }
}

/// Result of `agents.list`.
public struct AgentsListResult: Codable, Equatable, Sendable {
    /// Agent that answers by default.
    public var defaultId: String
    /// Short key of the main session.
    public var mainKey: String
    /// `per-sender` or `global`.
    public var scope: String
    /// All configured agents.
    public var agents: [AgentRow]

    public init(defaultId: String, mainKey: String, scope: String, agents: [AgentRow]) {
        self.defaultId = defaultId
        self.mainKey = mainKey
        self.scope = scope
        self.agents = agents
    }
}

/// Params of `agents.update`. What is absent stays.
public struct AgentsUpdateParams: Codable, Equatable, Sendable {
    /// The agent.
    public var agentId: String
    /// Its new name.
    public var name: String?
    /// Its new directory.
    public var workspace: String?
    /// Its new model.
    public var model: String?
    /// Its new avatar.
    public var avatar: String?

    public init(agentId: String, name: String? = nil, workspace: String? = nil, model: String? = nil, avatar: String? = nil) {
        self.agentId = agentId
        self.name = name
        self.workspace = workspace
        self.model = model
        self.avatar = avatar
    }
}

/// Result of `agents.update`.
public struct AgentsUpdateResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The agent.
    public var agentId: String

    public init(ok: Bool, agentId: String) {
        self.ok = ok
        self.agentId = agentId
    }
}

/// Payload of `connect.challenge`, the first frame on every connection.
public struct ChallengeEvent: Codable, Equatable, Sendable {
    /// To be signed by the client's device.
    public var nonce: String
    /// The gateway's clock, Unix milliseconds.
    public var ts: Int64

    public init(nonce: String, ts: Int64) {
        self.nonce = nonce
        self.ts = ts
    }
}

/// Params of `channels.logout`.
public struct ChannelsLogoutParams: Codable, Equatable, Sendable {
    /// The channel.
    public var channel: String
    /// One of its accounts.
    public var accountId: String?

    public init(channel: String, accountId: String? = nil) {
        self.channel = channel
        self.accountId = accountId
    }
}

/// Params of `channels.pairing.approve`.
public struct ChannelsPairingApproveParams: Codable, Equatable, Sendable {
    /// The channel.
    public var channel: String
    /// The code that the sender was given, in any case.
    public var code: String
    /// One of its accounts.
    public var accountId: String?
    /// Tell the sender in its chat.
    public var notify: Bool?

    public init(channel: String, code: String, accountId: String? = nil, notify: Bool? = nil) {
        self.channel = channel
        self.code = code
        self.accountId = accountId
        self.notify = notify
    }
}

/// Params of `channels.pairing.list`.
public struct ChannelsPairingListParams: Codable, Equatable, Sendable {
    /// The channel; those that give codes, when absent.
    public var channel: String?
    /// One of its accounts.
    public var accountId: String?

    public init(channel: String? = nil, accountId: String? = nil) {
        self.channel = channel
        self.accountId = accountId
    }
}

/// Params of `channels.status`.
public struct ChannelsStatusParams: Codable, Equatable, Sendable {
    /// Ask the channels' services too.
    public var probe: Bool?
    /// How long that may take, in milliseconds.
    public var timeoutMs: Int64?

    public init(probe: Bool? = nil, timeoutMs: Int64? = nil) {
        self.probe = probe
        self.timeoutMs = timeoutMs
    }
}

/// Params of `chat.abort`.
public struct ChatAbortParams: Codable, Equatable, Sendable {
    /// Session key.
    public var sessionKey: String
    /// One run; absent for all of the session.
    public var runId: String?

    public init(sessionKey: String, runId: String? = nil) {
        self.sessionKey = sessionKey
        self.runId = runId
    }
}

/// Result of `chat.abort`.
public struct ChatAbortResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// True when something was stopped.
    public var aborted: Bool
    /// What was stopped.
    public var runIds: [String]

    public init(ok: Bool, aborted: Bool, runIds: [String]) {
        self.ok = ok
        self.aborted = aborted
        self.runIds = runIds
    }
}

/// Values of `state` of `ChatEvent`.
public struct ChatEventState: RawRepresentable, Codable, Hashable, Sendable {
    public static let delta = ChatEventState(rawValue: "delta")
    public static let final = ChatEventState(rawValue: "final")
    public static let aborted = ChatEventState(rawValue: "aborted")
    public static let error = ChatEventState(rawValue: "error")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Payload of `chat`: what a chat window shows.
public struct ChatEvent: Codable, Equatable, Sendable {
    /// The run.
    public var runId: String
    /// Session of the run.
    public var sessionKey: String
    /// Number of the agent event behind it.
    public var seq: Int64
    /// What happened.
    public var state: ChatEventState
    /// The message so far, or the whole of it.
    public var message: JSONValue?
    /// New text of a delta.
    public var deltaText: String?
    /// True when `deltaText` replaces all earlier text.
    public var replace: Bool?
    /// Error text.
    public var errorMessage: String?
    /// Why an aborted run stopped: `rpc`, `stop`, `timeout`.
    public var stopReason: String?

    public init(runId: String, sessionKey: String, seq: Int64, state: ChatEventState, message: JSONValue? = nil, deltaText: String? = nil, replace: Bool? = nil, errorMessage: String? = nil, stopReason: String? = nil) {
        self.runId = runId
        self.sessionKey = sessionKey
        self.seq = seq
        self.state = state
        self.message = message
        self.deltaText = deltaText
        self.replace = replace
        self.errorMessage = errorMessage
        self.stopReason = stopReason
    }
}

/// Params of `chat.history`.
public struct ChatHistoryParams: Codable, Equatable, Sendable {
    /// Session key.
    public var sessionKey: String
    /// Most messages; 200 when absent.
    public var limit: Int64?

    public init(sessionKey: String, limit: Int64? = nil) {
        self.sessionKey = sessionKey
        self.limit = limit
    }
}

/// Result of `chat.history`.
public struct ChatHistoryResult: Codable, Equatable, Sendable {
    /// The key as it was sent.
    public var sessionKey: String
    /// Session id; absent for an unknown session.
    public var sessionId: String?
    /// Stored messages, newest last.
    public var messages: [JSONValue]
    /// Thinking level in force.
    public var thinkingLevel: String?
    /// Verbose level in force.
    public var verboseLevel: String?

    public init(sessionKey: String, sessionId: String? = nil, messages: [JSONValue], thinkingLevel: String? = nil, verboseLevel: String? = nil) {
        self.sessionKey = sessionKey
        self.sessionId = sessionId
        self.messages = messages
        self.thinkingLevel = thinkingLevel
        self.verboseLevel = verboseLevel
    }
}

/// Params of `chat.inject`.
public struct ChatInjectParams: Codable, Equatable, Sendable {
    /// Session key.
    public var sessionKey: String
    /// Text of the assistant message.
    public var message: String
    /// Put in brackets before the text.
    public var label: String?

    public init(sessionKey: String, message: String, label: String? = nil) {
        self.sessionKey = sessionKey
        self.message = message
        self.label = label
    }
}

/// Result of `chat.inject`.
public struct ChatInjectResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// Id of the transcript entry, 8 hex digits.
    public var messageId: String

    public init(ok: Bool, messageId: String) {
        self.ok = ok
        self.messageId = messageId
    }
}

/// Params of `chat.send`.
public struct ChatSendParams: Codable, Equatable, Sendable {
    /// Session key.
    public var sessionKey: String
    /// Text; may be empty with attachments.
    public var message: String
    /// Thinking level of this turn.
    public var thinking: String?
    /// Accepted and ignored.
    public var deliver: Bool?
    /// Images; at most 5 000 000 bytes each.
    public var attachments: [JSONValue]?
    /// Time limit in milliseconds.
    public var timeoutMs: Int64?
    /// Key that makes a repeat harmless; it becomes the run id.
    public var idempotencyKey: String

    public init(sessionKey: String, message: String, thinking: String? = nil, deliver: Bool? = nil, attachments: [JSONValue]? = nil, timeoutMs: Int64? = nil, idempotencyKey: String) {
        self.sessionKey = sessionKey
        self.message = message
        self.thinking = thinking
        self.deliver = deliver
        self.attachments = attachments
        self.timeoutMs = timeoutMs
        self.idempotencyKey = idempotencyKey
    }
}

/// Values of `status` of `ChatSendResult`.
public struct ChatSendResultStatus: RawRepresentable, Codable, Hashable, Sendable {
    public static let started = ChatSendResultStatus(rawValue: "started")
    public static let inFlight = ChatSendResultStatus(rawValue: "in_flight")
    public static let ok = ChatSendResultStatus(rawValue: "ok")
    public static let error = ChatSendResultStatus(rawValue: "error")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Result of `chat.send`: a started run, or what a stop word stopped.
public struct ChatSendResult: Codable, Equatable, Sendable {
    /// The run; absent for a stop word.
    public var runId: String?
    /// `started`, `in_flight` for a repeat while it runs, `ok` or `error` for one after its end.
    public var status: ChatSendResultStatus?
    /// Error text, with `error`.
    public var summary: String?
    /// True for a stop word.
    public var ok: Bool?
    /// Stop word: true when something was stopped.
    public var aborted: Bool?
    /// Stop word: what was stopped.
    public var runIds: [String]?

    public init(runId: String? = nil, status: ChatSendResultStatus? = nil, summary: String? = nil, ok: Bool? = nil, aborted: Bool? = nil, runIds: [String]? = nil) {
        self.runId = runId
        self.status = status
        self.summary = summary
        self.ok = ok
        self.aborted = aborted
        self.runIds = runIds
    }
}

/// Params of `config.patch` and `config.apply`.
public struct ConfigChangeParams: Codable, Equatable, Sendable {
    /// A JSON merge patch (null deletes) for `config.patch`, the whole configuration for `config.apply`; JSON5.
    public var raw: String
    /// `ConfigGetResult.hash` of what it was made from; required when the file exists.
    public var baseHash: String?
    /// Session that asks, for the note after a restart.
    public var sessionKey: String?
    /// What the agent is told after a restart.
    public var note: String?
    /// Milliseconds until a restart, if the change needs one; 2000 when absent, at most 60000.
    public var restartDelayMs: Int64?

    public init(raw: String, baseHash: String? = nil, sessionKey: String? = nil, note: String? = nil, restartDelayMs: Int64? = nil) {
        self.raw = raw
        self.baseHash = baseHash
        self.sessionKey = sessionKey
        self.note = note
        self.restartDelayMs = restartDelayMs
    }
}

/// Result of `config.patch` and `config.apply`.
public struct ConfigChangeResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The file.
    public var path: String
    /// The effective configuration, without its secrets.
    public var config: JSONValue
    /// The restart that follows.
    public var restart: RestartNotice
    /// What will be told after it.
    public var sentinel: RestartSentinelNotice

    public init(ok: Bool, path: String, config: JSONValue, restart: RestartNotice, sentinel: RestartSentinelNotice) {
        self.ok = ok
        self.path = path
        self.config = config
        self.restart = restart
        self.sentinel = sentinel
    }
}

/// A configuration file that cannot be used; the last good reading of it is in force.
public struct ConfigFileProblem: Codable, Equatable, Sendable {
    /// The file.
    public var path: String
    /// Since when, Unix milliseconds.
    public var sinceMs: Int64
    /// What is wrong.
    public var issues: [ConfigIssue]

    public init(path: String, sinceMs: Int64, issues: [ConfigIssue]) {
        self.path = path
        self.sinceMs = sinceMs
        self.issues = issues
    }
}

/// Result of `config.get`. Secrets are replaced by `__OPENCLAW_REDACTED__`.
public struct ConfigGetResult: Codable, Equatable, Sendable {
    /// Absolute path of the file.
    public var path: String
    /// False when there is no file: then every default applies.
    public var exists: Bool
    /// The file's text, or null.
    public var raw: String?
    /// The parsed text.
    public var parsed: JSONValue
    /// True when it can be used.
    public var valid: Bool
    /// The effective configuration.
    public var config: JSONValue
    /// Hex SHA-256 of the real text, to be given back as `baseHash`.
    public var hash: String
    /// What is wrong.
    public var issues: [ConfigIssue]
    /// What is odd.
    public var warnings: [ConfigIssue]
    /// Keys of older releases.
    public var legacyIssues: [ConfigIssue]

    public init(path: String, exists: Bool, raw: String? = nil, parsed: JSONValue, valid: Bool, config: JSONValue, hash: String, issues: [ConfigIssue], warnings: [ConfigIssue], legacyIssues: [ConfigIssue]) {
        self.path = path
        self.exists = exists
        self.raw = raw
        self.parsed = parsed
        self.valid = valid
        self.config = config
        self.hash = hash
        self.issues = issues
        self.warnings = warnings
        self.legacyIssues = legacyIssues
    }
}

/// A remark about one place of the configuration.
public struct ConfigIssue: Codable, Equatable, Sendable {
    /// Dotted path of the key.
    public var path: String
    /// What is wrong with it.
    public var message: String

    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }
}

/// Result of `config.schema`.
public struct ConfigSchemaResult: Codable, Equatable, Sendable {
    /// JSON Schema, draft 7.
    public var schema: JSONValue
    /// How a form shows the keys, by dotted path; `*` stands for any name or index.
    public var uiHints: [String: ConfigUiHint]
    /// Release whose format this is.
    public var version: String
    /// When it was made, ISO 8601.
    public var generatedAt: String

    public init(schema: JSONValue, uiHints: [String: ConfigUiHint], version: String, generatedAt: String) {
        self.schema = schema
        self.uiHints = uiHints
        self.version = version
        self.generatedAt = generatedAt
    }
}

/// Params of `config.set`.
public struct ConfigSetParams: Codable, Equatable, Sendable {
    /// The whole configuration, JSON5.
    public var raw: String
    /// `ConfigGetResult.hash` of what it was made from; required when the file exists.
    public var baseHash: String?

    public init(raw: String, baseHash: String? = nil) {
        self.raw = raw
        self.baseHash = baseHash
    }
}

/// Result of `config.set`.
public struct ConfigSetResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The file.
    public var path: String
    /// The effective configuration, without its secrets.
    public var config: JSONValue

    public init(ok: Bool, path: String, config: JSONValue) {
        self.ok = ok
        self.path = path
        self.config = config
    }
}

/// How a form shows one key.
public struct ConfigUiHint: Codable, Equatable, Sendable {
    /// Name for people.
    public var label: String?
    /// What it is for.
    public var help: String?
    /// An example of a value, shown where there is none.
    public var placeholder: String?
    /// Heading it stands under.
    public var group: String?
    /// Place among its neighbours; smaller comes first.
    public var order: Int64?
    /// True for what most people never touch.
    public var advanced: Bool?
    /// True for secrets, which are not to be shown.
    public var sensitive: Bool?

    public init(label: String? = nil, help: String? = nil, placeholder: String? = nil, group: String? = nil, order: Int64? = nil, advanced: Bool? = nil, sensitive: Bool? = nil) {
        self.label = label
        self.help = help
        self.placeholder = placeholder
        self.group = group
        self.order = order
        self.advanced = advanced
        self.sensitive = sensitive
    }
}

/// Secrets that a client offers.
public struct ConnectAuth: Codable, Equatable, Sendable {
    /// Shared token, or the token of a paired device.
    public var token: String?
    /// Shared password.
    public var password: String?
    /// Protocol 4: one-time token for pairing.
    public var bootstrapToken: String?
    /// Protocol 4: token of a paired device.
    public var deviceToken: String?
    /// Protocol 4: not used.
    public var approvalRuntimeToken: String?
    /// Protocol 4: not used.
    public var agentRuntimeIdentityToken: String?

    public init(token: String? = nil, password: String? = nil, bootstrapToken: String? = nil, deviceToken: String? = nil, approvalRuntimeToken: String? = nil, agentRuntimeIdentityToken: String? = nil) {
        self.token = token
        self.password = password
        self.bootstrapToken = bootstrapToken
        self.deviceToken = deviceToken
        self.approvalRuntimeToken = approvalRuntimeToken
        self.agentRuntimeIdentityToken = agentRuntimeIdentityToken
    }
}

/// Values of `id` of `ConnectClient`.
public struct ConnectClientId: RawRepresentable, Codable, Hashable, Sendable {
    public static let webchatUi = ConnectClientId(rawValue: "webchat-ui")
    public static let openclawControlUi = ConnectClientId(rawValue: "openclaw-control-ui")
    public static let webchat = ConnectClientId(rawValue: "webchat")
    public static let cli = ConnectClientId(rawValue: "cli")
    public static let gatewayClient = ConnectClientId(rawValue: "gateway-client")
    public static let openclawMacos = ConnectClientId(rawValue: "openclaw-macos")
    public static let openclawIos = ConnectClientId(rawValue: "openclaw-ios")
    public static let openclawAndroid = ConnectClientId(rawValue: "openclaw-android")
    public static let nodeHost = ConnectClientId(rawValue: "node-host")
    public static let test = ConnectClientId(rawValue: "test")
    public static let fingerprint = ConnectClientId(rawValue: "fingerprint")
    public static let openclawProbe = ConnectClientId(rawValue: "openclaw-probe")
    public static let openclawBrowserCopilot = ConnectClientId(rawValue: "openclaw-browser-copilot")
    public static let openclawTui = ConnectClientId(rawValue: "openclaw-tui")
    public static let openclawLinux = ConnectClientId(rawValue: "openclaw-linux")
    public static let openclawWatchos = ConnectClientId(rawValue: "openclaw-watchos")
    public static let openclawWorker = ConnectClientId(rawValue: "openclaw-worker")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Values of `mode` of `ConnectClient`.
public struct ConnectClientMode: RawRepresentable, Codable, Hashable, Sendable {
    public static let webchat = ConnectClientMode(rawValue: "webchat")
    public static let cli = ConnectClientMode(rawValue: "cli")
    public static let ui = ConnectClientMode(rawValue: "ui")
    public static let backend = ConnectClientMode(rawValue: "backend")
    public static let node = ConnectClientMode(rawValue: "node")
    public static let probe = ConnectClientMode(rawValue: "probe")
    public static let test = ConnectClientMode(rawValue: "test")
    public static let worker = ConnectClientMode(rawValue: "worker")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The client's description of itself.
public struct ConnectClient: Codable, Equatable, Sendable {
    /// Which program this is.
    public var id: ConnectClientId
    /// Version, free text.
    public var version: String
    /// Platform, free text.
    public var platform: String
    /// What the connection is for.
    public var mode: ConnectClientMode
    /// Name for people.
    public var displayName: String?
    /// Device family, e.g. `iPhone`.
    public var deviceFamily: String?
    /// Hardware model.
    public var modelIdentifier: String?
    /// Stable over reconnects; keeps one presence row.
    public var instanceId: String?
    /// Protocol 4: build of the client, at most 96 characters.
    public var buildId: String?
    /// Protocol 4: IANA time zone, at most 64 characters.
    public var timeZone: String?

    public init(id: ConnectClientId, version: String, platform: String, mode: ConnectClientMode, displayName: String? = nil, deviceFamily: String? = nil, modelIdentifier: String? = nil, instanceId: String? = nil, buildId: String? = nil, timeZone: String? = nil) {
        self.id = id
        self.version = version
        self.platform = platform
        self.mode = mode
        self.displayName = displayName
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.instanceId = instanceId
        self.buildId = buildId
        self.timeZone = timeZone
    }
}

/// Proof that the client holds the private key of a device.
public struct ConnectDevice: Codable, Equatable, Sendable {
    /// Lower-case hex SHA-256 of the raw public key.
    public var id: String
    /// Ed25519 public key: 32 bytes in base64url, or PEM.
    public var publicKey: String
    /// Ed25519 signature in base64url.
    public var signature: String
    /// When it was signed, Unix milliseconds.
    public var signedAt: Int64
    /// The nonce of the challenge.
    public var nonce: String?

    public init(id: String, publicKey: String, signature: String, signedAt: Int64, nonce: String? = nil) {
        self.id = id
        self.publicKey = publicKey
        self.signature = signature
        self.signedAt = signedAt
        self.nonce = nonce
    }
}

/// Params of `connect`, the first request of every connection. Properties of both protocol generations.
public struct ConnectParams: Codable, Equatable, Sendable {
    /// Oldest protocol version the client speaks.
    public var minProtocol: Int64
    /// Newest protocol version the client speaks.
    public var maxProtocol: Int64
    /// Who connects.
    public var client: ConnectClient
    /// Capabilities; for operators only `tool-events` means something.
    public var caps: [String]?
    /// Commands that a node offers.
    public var commands: [String]?
    /// Permissions that a node's system granted it.
    public var permissions: [String: Bool]?
    /// A node's `PATH`.
    public var pathEnv: String?
    /// `operator` when absent.
    public var role: String?
    /// Scopes asked for.
    public var scopes: [String]?
    /// Proof of a device's identity.
    public var device: ConnectDevice?
    /// Shared secrets and tokens.
    public var auth: ConnectAuth?
    /// Language tag; not used.
    public var locale: String?
    /// Free text; not used.
    public var userAgent: String?
    /// Protocol 4: not used.
    public var computerUse: JSONValue?
    /// Protocol 4: not used.
    public var workerRuns: JSONValue?
    /// Protocol 4: not used.
    public var modelCatalog: JSONValue?

    public init(minProtocol: Int64, maxProtocol: Int64, client: ConnectClient, caps: [String]? = nil, commands: [String]? = nil, permissions: [String: Bool]? = nil, pathEnv: String? = nil, role: String? = nil, scopes: [String]? = nil, device: ConnectDevice? = nil, auth: ConnectAuth? = nil, locale: String? = nil, userAgent: String? = nil, computerUse: JSONValue? = nil, workerRuns: JSONValue? = nil, modelCatalog: JSONValue? = nil) {
        self.minProtocol = minProtocol
        self.maxProtocol = maxProtocol
        self.client = client
        self.caps = caps
        self.commands = commands
        self.permissions = permissions
        self.pathEnv = pathEnv
        self.role = role
        self.scopes = scopes
        self.device = device
        self.auth = auth
        self.locale = locale
        self.userAgent = userAgent
        self.computerUse = computerUse
        self.workerRuns = workerRuns
        self.modelCatalog = modelCatalog
    }
}

/// Params of `cron.list`.
public struct CronListParams: Codable, Equatable, Sendable {
    /// True lists schedules too that are switched off.
    public var includeDisabled: Bool?
    /// How many at most; all when absent. Clients of protocol 4 send it.
    public var limit: Int64?
    /// How many to leave out first.
    public var offset: Int64?

    public init(includeDisabled: Bool? = nil, limit: Int64? = nil, offset: Int64? = nil) {
        self.includeDisabled = includeDisabled
        self.limit = limit
        self.offset = offset
    }
}

/// Everything on a day.
public struct DailyUsage: Codable, Equatable, Sendable {
    /// Day, YYYY-MM-DD in the gateway's local time.
    public var date: String
    /// Tokens.
    public var tokens: Int64
    /// US dollars.
    public var cost: Double
    /// Messages.
    public var messages: Int64
    /// Calls of tools.
    public var toolCalls: Int64
    /// Failed answers and failed tool results.
    public var errors: Int64

    public init(date: String, tokens: Int64, cost: Double, messages: Int64, toolCalls: Int64, errors: Int64) {
        self.date = date
        self.tokens = tokens
        self.cost = cost
        self.messages = messages
        self.toolCalls = toolCalls
        self.errors = errors
    }
}

/// Milliseconds from a message to its answer, on a day.
public struct DailyUsageLatency: Codable, Equatable, Sendable {
    /// Day, YYYY-MM-DD in the gateway's local time.
    public var date: String
    /// Number of answers.
    public var count: Int64
    /// Mean.
    public var avgMs: Double
    /// 95 of 100 were faster.
    public var p95Ms: Double
    /// Fastest.
    public var minMs: Double
    /// Slowest.
    public var maxMs: Double

    public init(date: String, count: Int64, avgMs: Double, p95Ms: Double, minMs: Double, maxMs: Double) {
        self.date = date
        self.count = count
        self.avgMs = avgMs
        self.p95Ms = p95Ms
        self.minMs = minMs
        self.maxMs = maxMs
    }
}

/// Messages of a day.
public struct DailyUsageMessages: Codable, Equatable, Sendable {
    /// Day, YYYY-MM-DD in the gateway's local time.
    public var date: String
    /// All.
    public var total: Int64
    /// People's messages.
    public var user: Int64
    /// Answers.
    public var assistant: Int64
    /// Calls of tools.
    public var toolCalls: Int64
    /// Results of tools.
    public var toolResults: Int64
    /// Failed answers and failed tool results.
    public var errors: Int64

    public init(date: String, total: Int64, user: Int64, assistant: Int64, toolCalls: Int64, toolResults: Int64, errors: Int64) {
        self.date = date
        self.total = total
        self.user = user
        self.assistant = assistant
        self.toolCalls = toolCalls
        self.toolResults = toolResults
        self.errors = errors
    }
}

/// Use of a model on a day.
public struct DailyUsageModel: Codable, Equatable, Sendable {
    /// Day, YYYY-MM-DD in the gateway's local time.
    public var date: String
    /// Provider id, when the transcript tells it.
    public var provider: String?
    /// Model id, when the transcript tells it.
    public var model: String?
    /// Tokens.
    public var tokens: Int64
    /// US dollars.
    public var cost: Double
    /// Calls.
    public var count: Int64

    public init(date: String, provider: String? = nil, model: String? = nil, tokens: Int64, cost: Double, count: Int64) {
        self.date = date
        self.provider = provider
        self.model = model
        self.tokens = tokens
        self.cost = cost
        self.count = count
    }
}

/// Result of `device.pair.approve`.
public struct DevicePairApproveResult: Codable, Equatable, Sendable {
    /// The approved request.
    public var requestId: String
    /// The device as it is now.
    public var device: PairedDeviceRow

    public init(requestId: String, device: PairedDeviceRow) {
        self.requestId = requestId
        self.device = device
    }
}

/// Params of `device.pair.approve` and `device.pair.reject`.
public struct DevicePairDecisionParams: Codable, Equatable, Sendable {
    /// The request to decide about.
    public var requestId: String

    public init(requestId: String) {
        self.requestId = requestId
    }
}

/// Result of `device.pair.list`.
public struct DevicePairListResult: Codable, Equatable, Sendable {
    /// Requests nobody decided about yet, newest first. One disappears five minutes after it was made.
    public var pending: [DevicePairRequestedEvent]
    /// Approved devices, the latest approval first.
    public var paired: [PairedDeviceRow]

    public init(pending: [DevicePairRequestedEvent], paired: [PairedDeviceRow]) {
        self.pending = pending
        self.paired = paired
    }
}

/// Result of `device.pair.reject`.
public struct DevicePairRejectResult: Codable, Equatable, Sendable {
    /// The rejected request.
    public var requestId: String
    /// The device that asked.
    public var deviceId: String

    public init(requestId: String, deviceId: String) {
        self.requestId = requestId
        self.deviceId = deviceId
    }
}

/// Payload of `device.pair.requested`: a device that is not on this host asks to be paired.
public struct DevicePairRequestedEvent: Codable, Equatable, Sendable {
    /// Id to approve or reject by.
    public var requestId: String
    /// The device.
    public var deviceId: String
    /// Its public key in base64url.
    public var publicKey: String
    /// Name for people.
    public var displayName: String?
    /// Platform text.
    public var platform: String?
    /// Which program asks.
    public var clientId: String?
    /// What its connection is for.
    public var clientMode: String?
    /// Role asked for.
    public var role: String?
    /// Roles asked for.
    public var roles: [String]?
    /// Scopes asked for.
    public var scopes: [String]?
    /// Address of the device.
    public var remoteIp: String?
    /// True when it needs no person to decide.
    public var silent: Bool?
    /// True when the device was paired before.
    public var isRepair: Bool
    /// When it asked, Unix milliseconds.
    public var ts: Int64

    public init(requestId: String, deviceId: String, publicKey: String, displayName: String? = nil, platform: String? = nil, clientId: String? = nil, clientMode: String? = nil, role: String? = nil, roles: [String]? = nil, scopes: [String]? = nil, remoteIp: String? = nil, silent: Bool? = nil, isRepair: Bool, ts: Int64) {
        self.requestId = requestId
        self.deviceId = deviceId
        self.publicKey = publicKey
        self.displayName = displayName
        self.platform = platform
        self.clientId = clientId
        self.clientMode = clientMode
        self.role = role
        self.roles = roles
        self.scopes = scopes
        self.remoteIp = remoteIp
        self.silent = silent
        self.isRepair = isRepair
        self.ts = ts
    }
}

/// Values of `decision` of `DevicePairResolvedEvent`.
public struct DevicePairResolvedEventDecision: RawRepresentable, Codable, Hashable, Sendable {
    public static let approved = DevicePairResolvedEventDecision(rawValue: "approved")
    public static let rejected = DevicePairResolvedEventDecision(rawValue: "rejected")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Payload of `device.pair.resolved`.
public struct DevicePairResolvedEvent: Codable, Equatable, Sendable {
    /// The request.
    public var requestId: String
    /// The device.
    public var deviceId: String
    /// What was decided.
    public var decision: DevicePairResolvedEventDecision
    /// When, Unix milliseconds.
    public var ts: Int64

    public init(requestId: String, deviceId: String, decision: DevicePairResolvedEventDecision, ts: Int64) {
        self.requestId = requestId
        self.deviceId = deviceId
        self.decision = decision
        self.ts = ts
    }
}

/// Params of `device.token.revoke`.
public struct DeviceTokenRevokeParams: Codable, Equatable, Sendable {
    /// The device.
    public var deviceId: String
    /// Role of the token.
    public var role: String

    public init(deviceId: String, role: String) {
        self.deviceId = deviceId
        self.role = role
    }
}

/// Result of `device.token.revoke`.
public struct DeviceTokenRevokeResult: Codable, Equatable, Sendable {
    /// The device.
    public var deviceId: String
    /// Role of the token.
    public var role: String
    /// Unix milliseconds.
    public var revokedAtMs: Int64

    public init(deviceId: String, role: String, revokedAtMs: Int64) {
        self.deviceId = deviceId
        self.role = role
        self.revokedAtMs = revokedAtMs
    }
}

/// Params of `device.token.rotate`.
public struct DeviceTokenRotateParams: Codable, Equatable, Sendable {
    /// The device.
    public var deviceId: String
    /// Role of the token.
    public var role: String
    /// What the new token opens, within what the device was approved for; absent: what the old one opened.
    public var scopes: [String]?

    public init(deviceId: String, role: String, scopes: [String]? = nil) {
        self.deviceId = deviceId
        self.role = role
        self.scopes = scopes
    }
}

/// Result of `device.token.rotate`: the only answer that carries a token's text.
public struct DeviceTokenRotateResult: Codable, Equatable, Sendable {
    /// The device.
    public var deviceId: String
    /// Role of the token.
    public var role: String
    /// The new token.
    public var token: String
    /// What it opens.
    public var scopes: [String]
    /// Unix milliseconds.
    public var rotatedAtMs: Int64

    public init(deviceId: String, role: String, token: String, scopes: [String], rotatedAtMs: Int64) {
        self.deviceId = deviceId
        self.role = role
        self.token = token
        self.scopes = scopes
        self.rotatedAtMs = rotatedAtMs
    }
}

/// What may be told about a device's token: everything but its text.
public struct DeviceTokenRow: Codable, Equatable, Sendable {
    /// Role it is for.
    public var role: String
    /// What it opens.
    public var scopes: [String]
    /// When the role got its first token, Unix milliseconds.
    public var createdAtMs: Int64
    /// When it was replaced, Unix milliseconds.
    public var rotatedAtMs: Int64?
    /// When it was revoked, Unix milliseconds.
    public var revokedAtMs: Int64?
    /// When it last opened a connection, Unix milliseconds, to the minute.
    public var lastUsedAtMs: Int64?

    public init(role: String, scopes: [String], createdAtMs: Int64, rotatedAtMs: Int64? = nil, revokedAtMs: Int64? = nil, lastUsedAtMs: Int64? = nil) {
        self.role = role
        self.scopes = scopes
        self.createdAtMs = createdAtMs
        self.rotatedAtMs = rotatedAtMs
        self.revokedAtMs = revokedAtMs
        self.lastUsedAtMs = lastUsedAtMs
    }
}

/// Params of methods that take none: any property is refused.
public struct EmptyParams: Codable, Equatable, Sendable {
    public init() {
    }
}

/// The `error` of a response.
public struct ErrorShape: Codable, Equatable, Sendable {
    /// One of `ErrorCodes`.
    public var code: String
    /// Text for people; clients show it as it is.
    public var message: String
    /// Machine-readable extras, shaped by `code`.
    public var details: JSONValue?
    /// True when the same request may succeed later.
    public var retryable: Bool?
    /// How long to wait before a repeat, in milliseconds.
    public var retryAfterMs: Int64?

    public init(code: String, message: String, details: JSONValue? = nil, retryable: Bool? = nil, retryAfterMs: Int64? = nil) {
        self.code = code
        self.message = message
        self.details = details
        self.retryable = retryable
        self.retryAfterMs = retryAfterMs
    }
}

/// Values of `type` of `EventFrame`.
public struct EventFrameType: RawRepresentable, Codable, Hashable, Sendable {
    public static let event = EventFrameType(rawValue: "event")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// An event, gateway to client. Clients ignore a frame with further properties.
public struct EventFrame: Codable, Equatable, Sendable {
    /// Always `event`.
    public var type: EventFrameType
    /// Event name.
    public var event: String
    /// Shaped by the event.
    public var payload: JSONValue?
    /// Number of the broadcast, from 1; a gap means that something was not delivered.
    public var seq: Int64?
    /// Versions of presence and health after this event.
    public var stateVersion: StateVersion?

    public init(type: EventFrameType, event: String, payload: JSONValue? = nil, seq: Int64? = nil, stateVersion: StateVersion? = nil) {
        self.type = type
        self.event = event
        self.payload = payload
        self.seq = seq
        self.stateVersion = stateVersion
    }
}

/// A program, or a pattern of programs, that runs unasked.
public struct ExecAllowlistEntry: Codable, Equatable, Sendable {
    /// Names the entry.
    public var id: String?
    /// Path of a program; `*`, `**` and `?` stand for others.
    public var pattern: String
    /// When it last let something run, Unix milliseconds.
    public var lastUsedAt: Int64?
    /// What that was.
    public var lastUsedCommand: String?
    /// The program's file.
    public var lastResolvedPath: String?

    public init(id: String? = nil, pattern: String, lastUsedAt: Int64? = nil, lastUsedCommand: String? = nil, lastResolvedPath: String? = nil) {
        self.id = id
        self.pattern = pattern
        self.lastUsedAt = lastUsedAt
        self.lastUsedCommand = lastUsedCommand
        self.lastResolvedPath = lastResolvedPath
    }
}

/// Params of `exec.approval.request`.
public struct ExecApprovalRequestParams: Codable, Equatable, Sendable {
    /// Id to decide by; one is made up when absent.
    public var id: String?
    /// The command as people are to see it.
    public var command: String
    /// Working directory.
    public var cwd: OrNull<String>?
    /// Where it would run.
    public var host: OrNull<String>?
    /// Policy in force.
    public var security: OrNull<String>?
    /// When people are asked.
    public var ask: OrNull<String>?
    /// Agent that wants it.
    public var agentId: OrNull<String>?
    /// The program's file.
    public var resolvedPath: OrNull<String>?
    /// Session that wants it.
    public var sessionKey: OrNull<String>?
    /// Node it would run on. Newer clients name it; the approval holds for no other then.
    public var nodeId: OrNull<String>?
    /// How long to wait, in milliseconds; 120 000 when absent.
    public var timeoutMs: Int64?

    public init(id: String? = nil, command: String, cwd: OrNull<String>? = nil, host: OrNull<String>? = nil, security: OrNull<String>? = nil, ask: OrNull<String>? = nil, agentId: OrNull<String>? = nil, resolvedPath: OrNull<String>? = nil, sessionKey: OrNull<String>? = nil, nodeId: OrNull<String>? = nil, timeoutMs: Int64? = nil) {
        self.id = id
        self.command = command
        self.cwd = cwd
        self.host = host
        self.security = security
        self.ask = ask
        self.agentId = agentId
        self.resolvedPath = resolvedPath
        self.sessionKey = sessionKey
        self.nodeId = nodeId
        self.timeoutMs = timeoutMs
    }
}

/// Result of `exec.approval.request`.
public struct ExecApprovalRequestResult: Codable, Equatable, Sendable {
    /// The question.
    public var id: String
    /// `allow-once`, `allow-always`, `deny`; null when nobody decided in time.
    public var decision: String?
    /// When it was asked, Unix milliseconds.
    public var createdAtMs: Int64
    /// Until when it was asked, Unix milliseconds.
    public var expiresAtMs: Int64

    public init(id: String, decision: String? = nil, createdAtMs: Int64, expiresAtMs: Int64) {
        self.id = id
        self.decision = decision
        self.createdAtMs = createdAtMs
        self.expiresAtMs = expiresAtMs
    }
}

/// Payload of `exec.approval.requested`: a command waits for a person's decision.
public struct ExecApprovalRequestedEvent: Codable, Equatable, Sendable {
    /// Id to decide by.
    public var id: String
    /// What is to be decided.
    public var request: ExecApprovalSubject
    /// When it was asked, Unix milliseconds.
    public var createdAtMs: Int64
    /// When it counts as not decided, Unix milliseconds.
    public var expiresAtMs: Int64

    public init(id: String, request: ExecApprovalSubject, createdAtMs: Int64, expiresAtMs: Int64) {
        self.id = id
        self.request = request
        self.createdAtMs = createdAtMs
        self.expiresAtMs = expiresAtMs
    }
}

/// Params of `exec.approval.resolve`.
public struct ExecApprovalResolveParams: Codable, Equatable, Sendable {
    /// The question.
    public var id: String
    /// `allow-once`, `allow-always` or `deny`.
    public var decision: String

    public init(id: String, decision: String) {
        self.id = id
        self.decision = decision
    }
}

/// Values of `decision` of `ExecApprovalResolvedEvent`.
public struct ExecApprovalResolvedEventDecision: RawRepresentable, Codable, Hashable, Sendable {
    public static let allowOnce = ExecApprovalResolvedEventDecision(rawValue: "allow-once")
    public static let allowAlways = ExecApprovalResolvedEventDecision(rawValue: "allow-always")
    public static let deny = ExecApprovalResolvedEventDecision(rawValue: "deny")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Payload of `exec.approval.resolved`.
public struct ExecApprovalResolvedEvent: Codable, Equatable, Sendable {
    /// The question.
    public var id: String
    /// What was decided.
    public var decision: ExecApprovalResolvedEventDecision
    /// Who decided, for people.
    public var resolvedBy: String?
    /// When, Unix milliseconds.
    public var ts: Int64

    public init(id: String, decision: ExecApprovalResolvedEventDecision, resolvedBy: String? = nil, ts: Int64) {
        self.id = id
        self.decision = decision
        self.resolvedBy = resolvedBy
        self.ts = ts
    }
}

/// A command that waits.
public struct ExecApprovalSubject: Codable, Equatable, Sendable {
    /// The command as people are to see it.
    public var command: String
    /// Working directory.
    public var cwd: OrNull<String>?
    /// Where it would run.
    public var host: OrNull<String>?
    /// Policy in force.
    public var security: OrNull<String>?
    /// When people are asked.
    public var ask: OrNull<String>?
    /// Agent that wants it.
    public var agentId: OrNull<String>?
    /// The program's file.
    public var resolvedPath: OrNull<String>?
    /// Session that wants it.
    public var sessionKey: OrNull<String>?
    /// Node it would run on, when that was said.
    public var nodeId: String?

    public init(command: String, cwd: OrNull<String>? = nil, host: OrNull<String>? = nil, security: OrNull<String>? = nil, ask: OrNull<String>? = nil, agentId: OrNull<String>? = nil, resolvedPath: OrNull<String>? = nil, sessionKey: OrNull<String>? = nil, nodeId: String? = nil) {
        self.command = command
        self.cwd = cwd
        self.host = host
        self.security = security
        self.ask = ask
        self.agentId = agentId
        self.resolvedPath = resolvedPath
        self.sessionKey = sessionKey
        self.nodeId = nodeId
    }
}

/// What holds for one agent.
public struct ExecApprovalsAgent: Codable, Equatable, Sendable {
    /// `deny`, `allowlist` or `full`.
    public var security: String?
    /// `off`, `on-miss` or `always`.
    public var ask: String?
    /// What holds when nobody answers.
    public var askFallback: String?
    /// True lets programs of skills run unasked.
    public var autoAllowSkills: Bool?
    /// Programs that run unasked.
    public var allowlist: [ExecAllowlistEntry]?

    public init(security: String? = nil, ask: String? = nil, askFallback: String? = nil, autoAllowSkills: Bool? = nil, allowlist: [ExecAllowlistEntry]? = nil) {
        self.security = security
        self.ask = ask
        self.askFallback = askFallback
        self.autoAllowSkills = autoAllowSkills
        self.allowlist = allowlist
    }
}

/// What holds where an agent says nothing.
public struct ExecApprovalsDefaults: Codable, Equatable, Sendable {
    /// `deny`, `allowlist` or `full`.
    public var security: String?
    /// `off`, `on-miss` or `always`.
    public var ask: String?
    /// What holds when nobody answers: `deny`, `allowlist` or `full`.
    public var askFallback: String?
    /// True lets programs of skills run unasked.
    public var autoAllowSkills: Bool?

    public init(security: String? = nil, ask: String? = nil, askFallback: String? = nil, autoAllowSkills: Bool? = nil) {
        self.security = security
        self.ask = ask
        self.askFallback = askFallback
        self.autoAllowSkills = autoAllowSkills
    }
}

/// Content of `exec-approvals.json`.
public struct ExecApprovalsDocument: Codable, Equatable, Sendable {
    /// Always 1.
    public var version: Int64
    /// Where a desktop program asks its user.
    public var socket: ExecApprovalsSocket?
    /// What holds for every agent.
    public var defaults: ExecApprovalsDefaults?
    /// What holds for one agent; `*` stands for all.
    public var agents: [String: ExecApprovalsAgent]?

    public init(version: Int64, socket: ExecApprovalsSocket? = nil, defaults: ExecApprovalsDefaults? = nil, agents: [String: ExecApprovalsAgent]? = nil) {
        self.version = version
        self.socket = socket
        self.defaults = defaults
        self.agents = agents
    }
}

/// Params of `exec.approvals.node.get`.
public struct ExecApprovalsNodeGetParams: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String

    public init(nodeId: String) {
        self.nodeId = nodeId
    }
}

/// Params of `exec.approvals.node.set`.
public struct ExecApprovalsNodeSetParams: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String
    /// The new content.
    public var file: ExecApprovalsDocument
    /// Hash of the content that it replaces.
    public var baseHash: String?

    public init(nodeId: String, file: ExecApprovalsDocument, baseHash: String? = nil) {
        self.nodeId = nodeId
        self.file = file
        self.baseHash = baseHash
    }
}

/// Result of `exec.approvals.get` and `exec.approvals.set`.
public struct ExecApprovalsResult: Codable, Equatable, Sendable {
    /// The file.
    public var path: String
    /// True when it is there.
    public var exists: Bool
    /// Lower-case hex SHA-256 of its text; to be given to `exec.approvals.set`.
    public var hash: String
    /// Its content, without the secret of the prompt socket.
    public var file: ExecApprovalsDocument

    public init(path: String, exists: Bool, hash: String, file: ExecApprovalsDocument) {
        self.path = path
        self.exists = exists
        self.hash = hash
        self.file = file
    }
}

/// Params of `exec.approvals.set`.
public struct ExecApprovalsSetParams: Codable, Equatable, Sendable {
    /// The new content.
    public var file: ExecApprovalsDocument
    /// Hash of the content that it replaces.
    public var baseHash: String?

    public init(file: ExecApprovalsDocument, baseHash: String? = nil) {
        self.file = file
        self.baseHash = baseHash
    }
}

/// A desktop program's socket.
public struct ExecApprovalsSocket: Codable, Equatable, Sendable {
    /// Its path.
    public var path: String?
    /// Its secret.
    public var token: String?

    public init(path: String? = nil, token: String? = nil) {
        self.path = path
        self.token = token
    }
}

/// One agent in a health snapshot.
public struct HealthAgent: Codable, Equatable, Sendable {
    /// Agent id.
    public var agentId: String
    /// Name for people.
    public var name: String?
    /// True for the one that answers by default.
    public var isDefault: Bool
    /// Heartbeat settings.
    public var heartbeat: HealthHeartbeat
    /// Its sessions.
    public var sessions: HealthSessions

    public init(agentId: String, name: String? = nil, isDefault: Bool, heartbeat: HealthHeartbeat, sessions: HealthSessions) {
        self.agentId = agentId
        self.name = name
        self.isDefault = isDefault
        self.heartbeat = heartbeat
        self.sessions = sessions
    }
}

/// Heartbeat settings of an agent.
public struct HealthHeartbeat: Codable, Equatable, Sendable {
    /// True when it runs.
    public var enabled: Bool
    /// Interval as configured, e.g. `30m`.
    public var every: String
    /// Interval in milliseconds, null when it never runs.
    public var everyMs: Int64?
    /// What the agent is asked.
    public var prompt: String
    /// Where an answer goes.
    public var target: String
    /// Model override.
    public var model: String?
    /// An acknowledgement up to this many characters is not delivered.
    public var ackMaxChars: Int64

    public init(enabled: Bool, every: String, everyMs: Int64? = nil, prompt: String, target: String, model: String? = nil, ackMaxChars: Int64) {
        self.enabled = enabled
        self.every = every
        self.everyMs = everyMs
        self.prompt = prompt
        self.target = target
        self.model = model
        self.ackMaxChars = ackMaxChars
    }
}

/// Params of `health`. Not validated by the peer: only `true` counts.
public struct HealthParams: Codable, Equatable, Sendable {
    /// True asks for live probes of the channels.
    public var probe: JSONValue?

    public init(probe: JSONValue? = nil) {
        self.probe = probe
    }
}

/// A recently used session.
public struct HealthRecentSession: Codable, Equatable, Sendable {
    /// Session key.
    public var key: String
    /// Last use, Unix milliseconds, or null.
    public var updatedAt: Int64?
    /// Milliseconds since then, or null.
    public var age: Int64?

    public init(key: String, updatedAt: Int64? = nil, age: Int64? = nil) {
        self.key = key
        self.updatedAt = updatedAt
        self.age = age
    }
}

/// Short view of a session store.
public struct HealthSessions: Codable, Equatable, Sendable {
    /// Absolute path of the store.
    public var path: String
    /// Number of sessions.
    public var count: Int64
    /// The newest, at most five.
    public var recent: [HealthRecentSession]

    public init(path: String, count: Int64, recent: [HealthRecentSession]) {
        self.path = path
        self.count = count
        self.recent = recent
    }
}

/// Result of `health` and payload of the event of that name.
public struct HealthSnapshot: Codable, Equatable, Sendable {
    /// False when something that was configured does not work; the reasons are in `degraded`.
    public var ok: Bool
    /// When it was taken, Unix milliseconds.
    public var ts: Int64
    /// How long taking it took, in milliseconds.
    public var durationMs: Int64
    /// Summary per channel id.
    public var channels: [String: JSONValue]
    /// Channel ids in display order.
    public var channelOrder: [String]
    /// Display name per channel id.
    public var channelLabels: [String: String]
    /// Interval of the default agent's heartbeat in seconds, 0 when off.
    public var heartbeatSeconds: Int64
    /// Agent that answers by default.
    public var defaultAgentId: String
    /// All configured agents.
    public var agents: [HealthAgent]
    /// Sessions of the default agent.
    public var sessions: HealthSessions
    /// What is wrong, in words; absent when nothing is.
    public var degraded: [String]?
    /// What a gateway that crashed again and again holds back; absent when nothing.
    public var safeMode: SafeModeNotice?
    /// Why the configuration file as it is now is not in force; absent when it is.
    public var configProblem: ConfigFileProblem?

    public init(ok: Bool, ts: Int64, durationMs: Int64, channels: [String: JSONValue], channelOrder: [String], channelLabels: [String: String], heartbeatSeconds: Int64, defaultAgentId: String, agents: [HealthAgent], sessions: HealthSessions, degraded: [String]? = nil, safeMode: SafeModeNotice? = nil, configProblem: ConfigFileProblem? = nil) {
        self.ok = ok
        self.ts = ts
        self.durationMs = durationMs
        self.channels = channels
        self.channelOrder = channelOrder
        self.channelLabels = channelLabels
        self.heartbeatSeconds = heartbeatSeconds
        self.defaultAgentId = defaultAgentId
        self.agents = agents
        self.sessions = sessions
        self.degraded = degraded
        self.safeMode = safeMode
        self.configProblem = configProblem
    }
}

/// Grant of a connection.
public struct HelloAuth: Codable, Equatable, Sendable {
    /// Token that identifies the device next time.
    public var deviceToken: String?
    /// Granted role.
    public var role: String
    /// Granted scopes.
    public var scopes: [String]
    /// When the token was issued, Unix milliseconds.
    public var issuedAtMs: Int64?
    /// Protocol 4: tokens for the other roles that a bootstrap token came with.
    public var deviceTokens: [HelloDeviceToken]?

    public init(deviceToken: String? = nil, role: String, scopes: [String], issuedAtMs: Int64? = nil, deviceTokens: [HelloDeviceToken]? = nil) {
        self.deviceToken = deviceToken
        self.role = role
        self.scopes = scopes
        self.issuedAtMs = issuedAtMs
        self.deviceTokens = deviceTokens
    }
}

/// A device's token for one role.
public struct HelloDeviceToken: Codable, Equatable, Sendable {
    /// The token.
    public var deviceToken: String
    /// Role it is for.
    public var role: String
    /// What it opens.
    public var scopes: [String]
    /// When it was issued, Unix milliseconds.
    public var issuedAtMs: Int64

    public init(deviceToken: String, role: String, scopes: [String], issuedAtMs: Int64) {
        self.deviceToken = deviceToken
        self.role = role
        self.scopes = scopes
        self.issuedAtMs = issuedAtMs
    }
}

/// Methods and events that are really served.
public struct HelloFeatures: Codable, Equatable, Sendable {
    /// Method names.
    public var methods: [String]
    /// Event names.
    public var events: [String]

    public init(methods: [String], events: [String]) {
        self.methods = methods
        self.events = events
    }
}

/// Values of `type` of `HelloOk`.
public struct HelloOkType: RawRepresentable, Codable, Hashable, Sendable {
    public static let helloOk = HelloOkType(rawValue: "hello-ok")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Answer to a successful `connect`: all that a client needs to draw its first screen.
public struct HelloOk: Codable, Equatable, Sendable {
    /// Always `hello-ok`.
    public var type: HelloOkType
    /// Protocol version spoken on this connection.
    public var `protocol`: Int64
    /// The gateway.
    public var server: HelloServer
    /// What it serves.
    public var features: HelloFeatures
    /// Its state now.
    public var snapshot: HelloSnapshot
    /// Base address of the canvas, when it is served.
    public var canvasHostUrl: String?
    /// What the connection was granted.
    public var auth: HelloAuth?
    /// Limits of the connection.
    public var policy: HelloPolicy

    public init(type: HelloOkType, `protocol`: Int64, server: HelloServer, features: HelloFeatures, snapshot: HelloSnapshot, canvasHostUrl: String? = nil, auth: HelloAuth? = nil, policy: HelloPolicy) {
        self.type = type
        self.`protocol` = `protocol`
        self.server = server
        self.features = features
        self.snapshot = snapshot
        self.canvasHostUrl = canvasHostUrl
        self.auth = auth
        self.policy = policy
    }
}

/// Limits that the client should respect.
public struct HelloPolicy: Codable, Equatable, Sendable {
    /// Largest message in bytes.
    public var maxPayload: Int64
    /// Unsent bytes before the connection counts as slow.
    public var maxBufferedBytes: Int64
    /// Interval of `tick` in milliseconds.
    public var tickIntervalMs: Int64

    public init(maxPayload: Int64, maxBufferedBytes: Int64, tickIntervalMs: Int64) {
        self.maxPayload = maxPayload
        self.maxBufferedBytes = maxBufferedBytes
        self.tickIntervalMs = tickIntervalMs
    }
}

/// Identity of the gateway process.
public struct HelloServer: Codable, Equatable, Sendable {
    /// Version text.
    public var version: String
    /// Source revision.
    public var commit: String?
    /// Host name.
    public var host: String?
    /// Id of this connection.
    public var connId: String

    public init(version: String, commit: String? = nil, host: String? = nil, connId: String) {
        self.version = version
        self.commit = commit
        self.host = host
        self.connId = connId
    }
}

/// State of the gateway at the moment of connecting.
public struct HelloSnapshot: Codable, Equatable, Sendable {
    /// All presence entries.
    public var presence: [PresenceEntry]
    /// Last health snapshot.
    public var health: HealthSnapshot
    /// Versions of both.
    public var stateVersion: StateVersion
    /// Age of the process in milliseconds.
    public var uptimeMs: Int64
    /// Absolute path of the config file; with protocol 4 only for admins.
    public var configPath: String?
    /// Absolute path of the state directory; with protocol 4 only for admins.
    public var stateDir: String?
    /// Where messages without a session go.
    public var sessionDefaults: SessionDefaults

    public init(presence: [PresenceEntry], health: HealthSnapshot, stateVersion: StateVersion, uptimeMs: Int64, configPath: String? = nil, stateDir: String? = nil, sessionDefaults: SessionDefaults) {
        self.presence = presence
        self.health = health
        self.stateVersion = stateVersion
        self.uptimeMs = uptimeMs
        self.configPath = configPath
        self.stateDir = stateDir
        self.sessionDefaults = sessionDefaults
    }
}

/// Params of `logs.tail`.
public struct LogsTailParams: Codable, Equatable, Sendable {
    /// Byte offset to go on from; absent for the end of the file.
    public var cursor: Int64?
    /// Most lines to return; 500 when absent.
    public var limit: Int64?
    /// Most bytes to read; 250 000 when absent.
    public var maxBytes: Int64?

    public init(cursor: Int64? = nil, limit: Int64? = nil, maxBytes: Int64? = nil) {
        self.cursor = cursor
        self.limit = limit
        self.maxBytes = maxBytes
    }
}

/// Result of `logs.tail`.
public struct LogsTailResult: Codable, Equatable, Sendable {
    /// Path of the log file.
    public var file: String
    /// Offset for the next call.
    public var cursor: Int64
    /// Size of the file in bytes.
    public var size: Int64
    /// Whole lines.
    public var lines: [String]
    /// True when older lines were left out.
    public var truncated: Bool
    /// True when the cursor was too old or the file was rotated.
    public var reset: Bool

    public init(file: String, cursor: Int64, size: Int64, lines: [String], truncated: Bool, reset: Bool) {
        self.file = file
        self.cursor = cursor
        self.size = size
        self.lines = lines
        self.truncated = truncated
        self.reset = reset
    }
}

/// One model.
public struct ModelRow: Codable, Equatable, Sendable {
    /// Id within its provider.
    public var id: String
    /// Name for people.
    public var name: String
    /// Provider id.
    public var provider: String
    /// Context size in tokens.
    public var contextWindow: Int64?
    /// True when it can reason before it answers.
    public var reasoning: Bool?
    /// Accepted inputs: `text`, `image`.
    public var input: [String]?

    public init(id: String, name: String, provider: String, contextWindow: Int64? = nil, reasoning: Bool? = nil, input: [String]? = nil) {
        self.id = id
        self.name = name
        self.provider = provider
        self.contextWindow = contextWindow
        self.reasoning = reasoning
        self.input = input
    }
}

/// Result of `models.list`.
public struct ModelsListResult: Codable, Equatable, Sendable {
    /// Known models.
    public var models: [ModelRow]

    public init(models: [ModelRow]) {
        self.models = models
    }
}

/// Params of `node.describe`.
public struct NodeDescribeParams: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String

    public init(nodeId: String) {
        self.nodeId = nodeId
    }
}

/// Result of `node.describe`.
public struct NodeDescribeResult: Codable, Equatable, Sendable {
    /// The device, or the client's id for a node without one.
    public var nodeId: String
    /// Name for people.
    public var displayName: String?
    /// Platform text.
    public var platform: String?
    /// Version of the node's program.
    public var version: String?
    /// Version of its core.
    public var coreVersion: String?
    /// Version of its user interface.
    public var uiVersion: String?
    /// Device family.
    public var deviceFamily: String?
    /// Hardware model.
    public var modelIdentifier: String?
    /// Address, of nodes that are not on the gateway's machine.
    public var remoteIp: String?
    /// Capabilities, sorted.
    public var caps: [String]
    /// Commands that it declared and that are allowed, sorted.
    public var commands: [String]
    /// Its `PATH`.
    public var pathEnv: String?
    /// Permissions its system granted it.
    public var permissions: [String: Bool]?
    /// Since when it is connected, Unix milliseconds.
    public var connectedAtMs: Int64?
    /// True when it is an approved device.
    public var paired: Bool
    /// True while it is connected.
    public var connected: Bool
    /// The gateway's clock, Unix milliseconds.
    public var ts: Int64

    public init(nodeId: String, displayName: String? = nil, platform: String? = nil, version: String? = nil, coreVersion: String? = nil, uiVersion: String? = nil, deviceFamily: String? = nil, modelIdentifier: String? = nil, remoteIp: String? = nil, caps: [String], commands: [String], pathEnv: String? = nil, permissions: [String: Bool]? = nil, connectedAtMs: Int64? = nil, paired: Bool, connected: Bool, ts: Int64) {
        self.nodeId = nodeId
        self.displayName = displayName
        self.platform = platform
        self.version = version
        self.coreVersion = coreVersion
        self.uiVersion = uiVersion
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.remoteIp = remoteIp
        self.caps = caps
        self.commands = commands
        self.pathEnv = pathEnv
        self.permissions = permissions
        self.connectedAtMs = connectedAtMs
        self.paired = paired
        self.connected = connected
        self.ts = ts
    }
}

/// A node's error.
public struct NodeError: Codable, Equatable, Sendable {
    /// For programs.
    public var code: String?
    /// For people.
    public var message: String?

    public init(code: String? = nil, message: String? = nil) {
        self.code = code
        self.message = message
    }
}

/// Params of `node.event`: something happened at a node.
public struct NodeEventParams: Codable, Equatable, Sendable {
    /// What.
    public var event: String
    /// Details as JSON.
    public var payload: JSONValue?
    /// Details as JSON text; wins over `payload`.
    public var payloadJSON: String?

    public init(event: String, payload: JSONValue? = nil, payloadJSON: String? = nil) {
        self.event = event
        self.payload = payload
        self.payloadJSON = payloadJSON
    }
}

/// Params of `node.invoke`.
public struct NodeInvokeParams: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String
    /// A command that it declared.
    public var command: String
    /// Params of the command.
    public var params: JSONValue?
    /// How long to wait, in milliseconds; 30 000 when absent.
    public var timeoutMs: Int64?
    /// Handed to the node, which knows what it did already.
    public var idempotencyKey: String

    public init(nodeId: String, command: String, params: JSONValue? = nil, timeoutMs: Int64? = nil, idempotencyKey: String) {
        self.nodeId = nodeId
        self.command = command
        self.params = params
        self.timeoutMs = timeoutMs
        self.idempotencyKey = idempotencyKey
    }
}

/// Payload of `node.invoke.request`, sent to one node: run a command and answer with `node.invoke.result`.
public struct NodeInvokeRequestEvent: Codable, Equatable, Sendable {
    /// Id to answer under.
    public var id: String
    /// The node that is meant.
    public var nodeId: String
    /// The command.
    public var command: String
    /// JSON text of the command's params; null when it was given none.
    public var paramsJSON: String?
    /// When the caller gives up, in milliseconds from now.
    public var timeoutMs: Int64?
    /// The caller's key: a node that has seen it answers as before and does nothing twice.
    public var idempotencyKey: String?

    public init(id: String, nodeId: String, command: String, paramsJSON: String? = nil, timeoutMs: Int64? = nil, idempotencyKey: String? = nil) {
        self.id = id
        self.nodeId = nodeId
        self.command = command
        self.paramsJSON = paramsJSON
        self.timeoutMs = timeoutMs
        self.idempotencyKey = idempotencyKey
    }
}

/// Result of `node.invoke`.
public struct NodeInvokeResult: Codable, Equatable, Sendable {
    /// Always true: a failure is an error.
    public var ok: Bool
    /// The node.
    public var nodeId: String
    /// The command.
    public var command: String
    /// What the node answered.
    public var payload: JSONValue?
    /// The text of which `payload` was read; null when the node sent JSON.
    public var payloadJSON: String?

    public init(ok: Bool, nodeId: String, command: String, payload: JSONValue? = nil, payloadJSON: String? = nil) {
        self.ok = ok
        self.nodeId = nodeId
        self.command = command
        self.payload = payload
        self.payloadJSON = payloadJSON
    }
}

/// Params of `node.invoke.result`: a node's answer.
public struct NodeInvokeResultParams: Codable, Equatable, Sendable {
    /// Id of the request.
    public var id: String
    /// The node itself.
    public var nodeId: String
    /// True when the command succeeded.
    public var ok: Bool
    /// The answer as JSON.
    public var payload: JSONValue?
    /// The answer as JSON text; wins over `payload`.
    public var payloadJSON: String?
    /// What went wrong.
    public var error: NodeError?

    public init(id: String, nodeId: String, ok: Bool, payload: JSONValue? = nil, payloadJSON: String? = nil, error: NodeError? = nil) {
        self.id = id
        self.nodeId = nodeId
        self.ok = ok
        self.payload = payload
        self.payloadJSON = payloadJSON
        self.error = error
    }
}

/// Result of `node.invoke.result`.
public struct NodeInvokeResultResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// True when nobody waits for the answer: it came late, or twice, or to a request that never was.
    public var ignored: Bool?

    public init(ok: Bool, ignored: Bool? = nil) {
        self.ok = ok
        self.ignored = ignored
    }
}

/// Result of `node.list`.
public struct NodeListResult: Codable, Equatable, Sendable {
    /// The gateway's clock, Unix milliseconds.
    public var ts: Int64
    /// Connected nodes first, then by name.
    public var nodes: [NodeRow]

    public init(ts: Int64, nodes: [NodeRow]) {
        self.ts = ts
        self.nodes = nodes
    }
}

/// Result of `node.pair.approve`.
public struct NodePairApproveResult: Codable, Equatable, Sendable {
    /// The approved request.
    public var requestId: String
    /// The node, with its new token.
    public var node: PairedNodeRow

    public init(requestId: String, node: PairedNodeRow) {
        self.requestId = requestId
        self.node = node
    }
}

/// Params of `node.pair.approve` and `node.pair.reject`.
public struct NodePairDecisionParams: Codable, Equatable, Sendable {
    /// The request to decide about.
    public var requestId: String

    public init(requestId: String) {
        self.requestId = requestId
    }
}

/// Result of `node.pair.list`.
public struct NodePairListResult: Codable, Equatable, Sendable {
    /// Requests nobody decided about yet, newest first. One disappears five minutes after it was made.
    public var pending: [NodePairRequestedEvent]
    /// Approved nodes, the latest approval first.
    public var paired: [PairedNodeRow]

    public init(pending: [NodePairRequestedEvent], paired: [PairedNodeRow]) {
        self.pending = pending
        self.paired = paired
    }
}

/// Result of `node.pair.reject`.
public struct NodePairRejectResult: Codable, Equatable, Sendable {
    /// The rejected request.
    public var requestId: String
    /// The node that was asked for.
    public var nodeId: String

    public init(requestId: String, nodeId: String) {
        self.requestId = requestId
        self.nodeId = nodeId
    }
}

/// Params of `node.pair.request`.
public struct NodePairRequestParams: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String
    /// Name for people.
    public var displayName: String?
    /// Platform text.
    public var platform: String?
    /// Version of the node's program.
    public var version: String?
    /// Version of its core.
    public var coreVersion: String?
    /// Version of its user interface.
    public var uiVersion: String?
    /// Device family, e.g. `iPhone`.
    public var deviceFamily: String?
    /// Hardware model.
    public var modelIdentifier: String?
    /// Capabilities.
    public var caps: [String]?
    /// Commands.
    public var commands: [String]?
    /// Address of the node.
    public var remoteIp: String?
    /// True when people need not be disturbed.
    public var silent: Bool?

    public init(nodeId: String, displayName: String? = nil, platform: String? = nil, version: String? = nil, coreVersion: String? = nil, uiVersion: String? = nil, deviceFamily: String? = nil, modelIdentifier: String? = nil, caps: [String]? = nil, commands: [String]? = nil, remoteIp: String? = nil, silent: Bool? = nil) {
        self.nodeId = nodeId
        self.displayName = displayName
        self.platform = platform
        self.version = version
        self.coreVersion = coreVersion
        self.uiVersion = uiVersion
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.caps = caps
        self.commands = commands
        self.remoteIp = remoteIp
        self.silent = silent
    }
}

/// Result of `node.pair.request`.
public struct NodePairRequestResult: Codable, Equatable, Sendable {
    /// Always `pending`: a person decides.
    public var status: String
    /// The request that waits, which may be an older one.
    public var request: NodePairRequestedEvent
    /// False when the node waited already.
    public var created: Bool

    public init(status: String, request: NodePairRequestedEvent, created: Bool) {
        self.status = status
        self.request = request
        self.created = created
    }
}

/// Payload of `node.pair.requested`: somebody asks for a node's entry in the node-pair store.
public struct NodePairRequestedEvent: Codable, Equatable, Sendable {
    /// Id to approve or reject by.
    public var requestId: String
    /// True when the node was paired before.
    public var isRepair: Bool
    /// When it was asked, Unix milliseconds.
    public var ts: Int64
    /// The node.
    public var nodeId: String
    /// Name for people.
    public var displayName: String?
    /// Platform text.
    public var platform: String?
    /// Version of the node's program.
    public var version: String?
    /// Version of its core.
    public var coreVersion: String?
    /// Version of its user interface.
    public var uiVersion: String?
    /// Device family, e.g. `iPhone`.
    public var deviceFamily: String?
    /// Hardware model.
    public var modelIdentifier: String?
    /// Capabilities.
    public var caps: [String]?
    /// Commands.
    public var commands: [String]?
    /// Address of the node.
    public var remoteIp: String?
    /// True when people need not be disturbed.
    public var silent: Bool?

    public init(requestId: String, isRepair: Bool, ts: Int64, nodeId: String, displayName: String? = nil, platform: String? = nil, version: String? = nil, coreVersion: String? = nil, uiVersion: String? = nil, deviceFamily: String? = nil, modelIdentifier: String? = nil, caps: [String]? = nil, commands: [String]? = nil, remoteIp: String? = nil, silent: Bool? = nil) {
        self.requestId = requestId
        self.isRepair = isRepair
        self.ts = ts
        self.nodeId = nodeId
        self.displayName = displayName
        self.platform = platform
        self.version = version
        self.coreVersion = coreVersion
        self.uiVersion = uiVersion
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.caps = caps
        self.commands = commands
        self.remoteIp = remoteIp
        self.silent = silent
    }
}

/// Values of `decision` of `NodePairResolvedEvent`.
public struct NodePairResolvedEventDecision: RawRepresentable, Codable, Hashable, Sendable {
    public static let approved = NodePairResolvedEventDecision(rawValue: "approved")
    public static let rejected = NodePairResolvedEventDecision(rawValue: "rejected")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Payload of `node.pair.resolved`.
public struct NodePairResolvedEvent: Codable, Equatable, Sendable {
    /// The request.
    public var requestId: String
    /// The node.
    public var nodeId: String
    /// What was decided.
    public var decision: NodePairResolvedEventDecision
    /// When, Unix milliseconds.
    public var ts: Int64

    public init(requestId: String, nodeId: String, decision: NodePairResolvedEventDecision, ts: Int64) {
        self.requestId = requestId
        self.nodeId = nodeId
        self.decision = decision
        self.ts = ts
    }
}

/// Params of `node.pair.verify`.
public struct NodePairVerifyParams: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String
    /// The token it shows.
    public var token: String

    public init(nodeId: String, token: String) {
        self.nodeId = nodeId
        self.token = token
    }
}

/// Result of `node.pair.verify`.
public struct NodePairVerifyResult: Codable, Equatable, Sendable {
    /// True when the token is the node's.
    public var ok: Bool
    /// The node, when it is.
    public var node: PairedNodeRow?

    public init(ok: Bool, node: PairedNodeRow? = nil) {
        self.ok = ok
        self.node = node
    }
}

/// Params of `node.rename`.
public struct NodeRenameParams: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String
    /// Its new name.
    public var displayName: String

    public init(nodeId: String, displayName: String) {
        self.nodeId = nodeId
        self.displayName = displayName
    }
}

/// Result of `node.rename`.
public struct NodeRenameResult: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String
    /// The name as it is stored.
    public var displayName: String

    public init(nodeId: String, displayName: String) {
        self.nodeId = nodeId
        self.displayName = displayName
    }
}

/// A node that is connected, or a device that was approved as one.
public struct NodeRow: Codable, Equatable, Sendable {
    /// The device, or the client's id for a node without one.
    public var nodeId: String
    /// Name for people.
    public var displayName: String?
    /// Platform text.
    public var platform: String?
    /// Version of the node's program.
    public var version: String?
    /// Version of its core.
    public var coreVersion: String?
    /// Version of its user interface.
    public var uiVersion: String?
    /// Device family.
    public var deviceFamily: String?
    /// Hardware model.
    public var modelIdentifier: String?
    /// Address, of nodes that are not on the gateway's machine.
    public var remoteIp: String?
    /// Capabilities, sorted.
    public var caps: [String]
    /// Commands that it declared and that are allowed, sorted.
    public var commands: [String]
    /// Its `PATH`.
    public var pathEnv: String?
    /// Permissions its system granted it.
    public var permissions: [String: Bool]?
    /// Since when it is connected, Unix milliseconds.
    public var connectedAtMs: Int64?
    /// True when it is an approved device.
    public var paired: Bool
    /// True while it is connected.
    public var connected: Bool

    public init(nodeId: String, displayName: String? = nil, platform: String? = nil, version: String? = nil, coreVersion: String? = nil, uiVersion: String? = nil, deviceFamily: String? = nil, modelIdentifier: String? = nil, remoteIp: String? = nil, caps: [String], commands: [String], pathEnv: String? = nil, permissions: [String: Bool]? = nil, connectedAtMs: Int64? = nil, paired: Bool, connected: Bool) {
        self.nodeId = nodeId
        self.displayName = displayName
        self.platform = platform
        self.version = version
        self.coreVersion = coreVersion
        self.uiVersion = uiVersion
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.remoteIp = remoteIp
        self.caps = caps
        self.commands = commands
        self.pathEnv = pathEnv
        self.permissions = permissions
        self.connectedAtMs = connectedAtMs
        self.paired = paired
        self.connected = connected
    }
}

/// The answer `{ok:true}`.
public struct OkResult: Codable, Equatable, Sendable {
    /// True when it was done.
    public var ok: Bool

    public init(ok: Bool) {
        self.ok = ok
    }
}

/// Params of `outbox.retry` and `outbox.drop`.
public struct OutboxDecisionParams: Codable, Equatable, Sendable {
    /// The message, by its id in the outbox.
    public var id: String

    public init(id: String) {
        self.id = id
    }
}

/// Values of `state` of `OutboxListParams`.
public struct OutboxListParamsState: RawRepresentable, Codable, Hashable, Sendable {
    public static let prepared = OutboxListParamsState(rawValue: "prepared")
    public static let queued = OutboxListParamsState(rawValue: "queued")
    public static let attempting = OutboxListParamsState(rawValue: "attempting")
    public static let delivered = OutboxListParamsState(rawValue: "delivered")
    public static let failed = OutboxListParamsState(rawValue: "failed")
    public static let ambiguous = OutboxListParamsState(rawValue: "ambiguous")
    public static let dropped = OutboxListParamsState(rawValue: "dropped")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Params of `outbox.list`.
public struct OutboxListParams: Codable, Equatable, Sendable {
    /// Only messages that have got there.
    public var state: OutboxListParamsState?
    /// Only messages of this channel.
    public var channel: String?
    /// How many at most, the newest of them; 200 when absent.
    public var limit: Int64?

    public init(state: OutboxListParamsState? = nil, channel: String? = nil, limit: Int64? = nil) {
        self.state = state
        self.channel = channel
        self.limit = limit
    }
}

/// An approved device, without its tokens' texts.
public struct PairedDeviceRow: Codable, Equatable, Sendable {
    /// Lower-case hex SHA-256 of the raw public key.
    public var deviceId: String
    /// Public key in base64url.
    public var publicKey: String
    /// Name for people.
    public var displayName: String?
    /// Platform text.
    public var platform: String?
    /// Program of the last connection.
    public var clientId: String?
    /// What that connection was for.
    public var clientMode: String?
    /// Role of the last connection.
    public var role: String?
    /// Approved roles.
    public var roles: [String]?
    /// Approved scopes.
    public var scopes: [String]?
    /// Last address, of devices that are not on the gateway's machine.
    public var remoteIp: String?
    /// First approval, Unix milliseconds.
    public var createdAtMs: Int64
    /// Last approval, Unix milliseconds.
    public var approvedAtMs: Int64
    /// One per role; absent when the device never had one.
    public var tokens: [DeviceTokenRow]?

    public init(deviceId: String, publicKey: String, displayName: String? = nil, platform: String? = nil, clientId: String? = nil, clientMode: String? = nil, role: String? = nil, roles: [String]? = nil, scopes: [String]? = nil, remoteIp: String? = nil, createdAtMs: Int64, approvedAtMs: Int64, tokens: [DeviceTokenRow]? = nil) {
        self.deviceId = deviceId
        self.publicKey = publicKey
        self.displayName = displayName
        self.platform = platform
        self.clientId = clientId
        self.clientMode = clientMode
        self.role = role
        self.roles = roles
        self.scopes = scopes
        self.remoteIp = remoteIp
        self.createdAtMs = createdAtMs
        self.approvedAtMs = approvedAtMs
        self.tokens = tokens
    }
}

/// A node of the node-pair store, token included: the programs that ask for it hand it to the node.
public struct PairedNodeRow: Codable, Equatable, Sendable {
    /// The node.
    public var nodeId: String
    /// Its token.
    public var token: String
    /// Name for people.
    public var displayName: String?
    /// Platform text.
    public var platform: String?
    /// Version of the node's program.
    public var version: String?
    /// Version of its core.
    public var coreVersion: String?
    /// Version of its user interface.
    public var uiVersion: String?
    /// Device family, e.g. `iPhone`.
    public var deviceFamily: String?
    /// Hardware model.
    public var modelIdentifier: String?
    /// Capabilities.
    public var caps: [String]?
    /// Commands.
    public var commands: [String]?
    /// Programs that were found on it.
    public var bins: [String]?
    /// Permissions its system granted it.
    public var permissions: [String: Bool]?
    /// Address of the node.
    public var remoteIp: String?
    /// First approval, Unix milliseconds.
    public var createdAtMs: Int64
    /// Last approval, Unix milliseconds.
    public var approvedAtMs: Int64
    /// When it last connected, Unix milliseconds.
    public var lastConnectedAtMs: Int64?

    public init(nodeId: String, token: String, displayName: String? = nil, platform: String? = nil, version: String? = nil, coreVersion: String? = nil, uiVersion: String? = nil, deviceFamily: String? = nil, modelIdentifier: String? = nil, caps: [String]? = nil, commands: [String]? = nil, bins: [String]? = nil, permissions: [String: Bool]? = nil, remoteIp: String? = nil, createdAtMs: Int64, approvedAtMs: Int64, lastConnectedAtMs: Int64? = nil) {
        self.nodeId = nodeId
        self.token = token
        self.displayName = displayName
        self.platform = platform
        self.version = version
        self.coreVersion = coreVersion
        self.uiVersion = uiVersion
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.caps = caps
        self.commands = commands
        self.bins = bins
        self.permissions = permissions
        self.remoteIp = remoteIp
        self.createdAtMs = createdAtMs
        self.approvedAtMs = approvedAtMs
        self.lastConnectedAtMs = lastConnectedAtMs
    }
}

/// Params of `poll`.
public struct PollParams: Codable, Equatable, Sendable {
    /// Receiver, in the channel's terms.
    public var to: String
    /// What is asked.
    public var question: String
    /// The answers to choose from.
    public var options: [String]
    /// How many may be chosen.
    public var maxSelections: Int64?
    /// How long it is open.
    public var durationHours: Int64?
    /// The channel; `whatsapp` when absent.
    public var channel: String?
    /// Account to send from.
    public var accountId: String?
    /// A repeat has the same.
    public var idempotencyKey: String

    public init(to: String, question: String, options: [String], maxSelections: Int64? = nil, durationHours: Int64? = nil, channel: String? = nil, accountId: String? = nil, idempotencyKey: String) {
        self.to = to
        self.question = question
        self.options = options
        self.maxSelections = maxSelections
        self.durationHours = durationHours
        self.channel = channel
        self.accountId = accountId
        self.idempotencyKey = idempotencyKey
    }
}

/// One row of presence: a client, a node, or the gateway itself.
public struct PresenceEntry: Codable, Equatable, Sendable {
    /// Name of the host or client.
    public var host: String?
    /// Address, for remote clients and the gateway.
    public var ip: String?
    /// Version text.
    public var version: String?
    /// Platform text.
    public var platform: String?
    /// Device family.
    public var deviceFamily: String?
    /// Hardware model.
    public var modelIdentifier: String?
    /// Mode of the connection; `gateway` for the gateway itself.
    public var mode: String?
    /// Seconds since a person last used the host; may have a fraction.
    public var lastInputSeconds: Double?
    /// Why the row last changed: `connect`, `disconnect`, `self`, or a client's own word.
    public var reason: String?
    /// One line for people.
    public var text: String?
    /// Last change, Unix milliseconds.
    public var ts: Int64
    /// Device id, when the client proved one.
    public var deviceId: String?
    /// Roles seen under this key.
    public var roles: [String]?
    /// Scopes seen under this key.
    public var scopes: [String]?
    /// Stable instance id.
    public var instanceId: String?

    public init(host: String? = nil, ip: String? = nil, version: String? = nil, platform: String? = nil, deviceFamily: String? = nil, modelIdentifier: String? = nil, mode: String? = nil, lastInputSeconds: Double? = nil, reason: String? = nil, text: String? = nil, ts: Int64, deviceId: String? = nil, roles: [String]? = nil, scopes: [String]? = nil, instanceId: String? = nil) {
        self.host = host
        self.ip = ip
        self.version = version
        self.platform = platform
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.mode = mode
        self.lastInputSeconds = lastInputSeconds
        self.reason = reason
        self.text = text
        self.ts = ts
        self.deviceId = deviceId
        self.roles = roles
        self.scopes = scopes
        self.instanceId = instanceId
    }
}

/// Payload of `presence`: always the whole list.
public struct PresenceEvent: Codable, Equatable, Sendable {
    /// All entries, newest first.
    public var presence: [PresenceEntry]

    public init(presence: [PresenceEntry]) {
        self.presence = presence
    }
}

/// Values of `type` of `RequestFrame`.
public struct RequestFrameType: RawRepresentable, Codable, Hashable, Sendable {
    public static let req = RequestFrameType(rawValue: "req")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A request, client to gateway. Closed: a further property makes the frame invalid.
public struct RequestFrame: Codable, Equatable, Sendable {
    /// Always `req`.
    public var type: RequestFrameType
    /// Chosen by the client and echoed in every answer.
    public var id: String
    /// Method name.
    public var method: String
    /// Shaped by the method; absent and null mean `{}`.
    public var params: JSONValue?
    /// Protocol 4: W3C trace context, at most 128 characters.
    public var traceparent: String?
    /// Protocol 4: not used.
    public var expectedProfileId: String?

    public init(type: RequestFrameType, id: String, method: String, params: JSONValue? = nil, traceparent: String? = nil, expectedProfileId: String? = nil) {
        self.type = type
        self.id = id
        self.method = method
        self.params = params
        self.traceparent = traceparent
        self.expectedProfileId = expectedProfileId
    }
}

/// A session's model.
public struct ResolvedSessionModel: Codable, Equatable, Sendable {
    /// Provider id.
    public var modelProvider: String
    /// Model id.
    public var model: String

    public init(modelProvider: String, model: String) {
        self.modelProvider = modelProvider
        self.model = model
    }
}

/// Values of `type` of `ResponseFrame`.
public struct ResponseFrameType: RawRepresentable, Codable, Hashable, Sendable {
    public static let res = ResponseFrameType(rawValue: "res")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// An answer, gateway to client. Clients ignore a frame with further properties.
public struct ResponseFrame: Codable, Equatable, Sendable {
    /// Always `res`.
    public var type: ResponseFrameType
    /// Id of the request.
    public var id: String
    /// True when the method did what was asked.
    public var ok: Bool
    /// Shaped by the method; some failures carry one too.
    public var payload: JSONValue?
    /// What went wrong.
    public var error: ErrorShape?

    public init(type: ResponseFrameType, id: String, ok: Bool, payload: JSONValue? = nil, error: ErrorShape? = nil) {
        self.type = type
        self.id = id
        self.ok = ok
        self.payload = payload
        self.error = error
    }
}

/// Values of `mode` of `RestartNotice`.
public struct RestartNoticeMode: RawRepresentable, Codable, Hashable, Sendable {
    public static let emit = RestartNoticeMode(rawValue: "emit")
    public static let none = RestartNoticeMode(rawValue: "none")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A restart that a change asked for.
public struct RestartNotice: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The gateway's process, which goes on.
    public var pid: Int64
    /// Always `SIGUSR1`.
    public var signal: String
    /// Milliseconds until it begins; 0 when there is none.
    public var delayMs: Int64
    /// The method that asked.
    public var reason: String
    /// `emit`: it is scheduled. `none`: the change is in force already, and nothing restarts.
    public var mode: RestartNoticeMode

    public init(ok: Bool, pid: Int64, signal: String, delayMs: Int64, reason: String, mode: RestartNoticeMode) {
        self.ok = ok
        self.pid = pid
        self.signal = signal
        self.delayMs = delayMs
        self.reason = reason
        self.mode = mode
    }
}

/// A note for the time after a restart.
public struct RestartSentinel: Codable, Equatable, Sendable {
    /// What was done: `config-apply` or `update`.
    public var kind: String
    /// How it went.
    public var status: String
    /// When, Unix milliseconds.
    public var ts: Int64
    /// Session that asked.
    public var sessionKey: String?
    /// The note of who asked, or null.
    public var message: String?
    /// The command that looks for problems.
    public var doctorHint: String?
    /// Details.
    public var stats: RestartSentinelStats?

    public init(kind: String, status: String, ts: Int64, sessionKey: String? = nil, message: String? = nil, doctorHint: String? = nil, stats: RestartSentinelStats? = nil) {
        self.kind = kind
        self.status = status
        self.ts = ts
        self.sessionKey = sessionKey
        self.message = message
        self.doctorHint = doctorHint
        self.stats = stats
    }
}

/// Where a note for the time after a restart is, and what it says.
public struct RestartSentinelNotice: Codable, Equatable, Sendable {
    /// The file, or null when none was written.
    public var path: String?
    /// What it says.
    public var payload: RestartSentinel

    public init(path: String? = nil, payload: RestartSentinel) {
        self.path = path
        self.payload = payload
    }
}

/// Details of a `RestartSentinel`.
public struct RestartSentinelStats: Codable, Equatable, Sendable {
    /// The method.
    public var mode: String?
    /// What it changed.
    public var root: String?

    public init(mode: String? = nil, root: String? = nil) {
        self.mode = mode
        self.root = root
    }
}

/// The gateway crashed again and again, and holds its channels and jobs back.
public struct SafeModeNotice: Codable, Equatable, Sendable {
    /// Why, and until when, in words.
    public var reason: String
    /// When it began, Unix milliseconds.
    public var sinceMs: Int64
    /// When it ends if the gateway stands until then, Unix milliseconds.
    public var untilMs: Int64

    public init(reason: String, sinceMs: Int64, untilMs: Int64) {
        self.reason = reason
        self.sinceMs = sinceMs
        self.untilMs = untilMs
    }
}

/// Params of `send`.
public struct SendParams: Codable, Equatable, Sendable {
    /// Receiver, in the channel's terms.
    public var to: String
    /// The text.
    public var message: String
    /// A picture, sound or file.
    public var mediaUrl: String?
    /// Several of them.
    public var mediaUrls: [String]?
    /// Play a film like a moving picture.
    public var gifPlayback: Bool?
    /// The channel; `whatsapp` when absent.
    public var channel: String?
    /// Account to send from.
    public var accountId: String?
    /// Session that keeps a copy.
    public var sessionKey: String?
    /// A repeat has the same.
    public var idempotencyKey: String

    public init(to: String, message: String, mediaUrl: String? = nil, mediaUrls: [String]? = nil, gifPlayback: Bool? = nil, channel: String? = nil, accountId: String? = nil, sessionKey: String? = nil, idempotencyKey: String) {
        self.to = to
        self.message = message
        self.mediaUrl = mediaUrl
        self.mediaUrls = mediaUrls
        self.gifPlayback = gifPlayback
        self.channel = channel
        self.accountId = accountId
        self.sessionKey = sessionKey
        self.idempotencyKey = idempotencyKey
    }
}

/// Result of `sessions.compact`.
public struct SessionCompactionResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// Canonical key.
    public var key: String
    /// Whether lines were taken out.
    public var compacted: Bool
    /// `no sessionId` or `no transcript`.
    public var reason: String?
    /// The whole transcript as it was.
    public var archived: String?
    /// Lines the transcript has now.
    public var kept: Int64?

    public init(ok: Bool, key: String, compacted: Bool, reason: String? = nil, archived: String? = nil, kept: Int64? = nil) {
        self.ok = ok
        self.key = key
        self.compacted = compacted
        self.reason = reason
        self.archived = archived
        self.kept = kept
    }
}

/// Defaults of session routing.
public struct SessionDefaults: Codable, Equatable, Sendable {
    /// Agent that answers by default.
    public var defaultAgentId: String
    /// Short key of the main session.
    public var mainKey: String
    /// Canonical key of the main session.
    public var mainSessionKey: String
    /// `per-sender` or `global`.
    public var scope: String

    public init(defaultAgentId: String, mainKey: String, mainSessionKey: String, scope: String) {
        self.defaultAgentId = defaultAgentId
        self.mainKey = mainKey
        self.mainSessionKey = mainSessionKey
        self.scope = scope
    }
}

/// Result of `sessions.delete`.
public struct SessionDeletionResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// Canonical key.
    public var key: String
    /// There was an entry.
    public var deleted: Bool
    /// Where its transcripts are now.
    public var archived: [String]

    public init(ok: Bool, key: String, deleted: Bool, archived: [String]) {
        self.ok = ok
        self.key = key
        self.deleted = deleted
        self.archived = archived
    }
}

/// Model and context size of a new session.
public struct SessionListDefaults: Codable, Equatable, Sendable {
    /// Provider id.
    public var modelProvider: String
    /// Model id.
    public var model: String
    /// Context window in tokens.
    public var contextTokens: Int64

    public init(modelProvider: String, model: String, contextTokens: Int64) {
        self.modelProvider = modelProvider
        self.model = model
        self.contextTokens = contextTokens
    }
}

/// Result of `sessions.list`.
public struct SessionListResult: Codable, Equatable, Sendable {
    /// Now, milliseconds since 1970 UTC.
    public var ts: Int64
    /// The store file, or `(multiple)`.
    public var path: String
    /// Number of rows.
    public var count: Int64
    /// Used where a session says nothing.
    public var defaults: SessionListDefaults
    /// Newest first.
    public var sessions: [SessionRow]

    public init(ts: Int64, path: String, count: Int64, defaults: SessionListDefaults, sessions: [SessionRow]) {
        self.ts = ts
        self.path = path
        self.count = count
        self.defaults = defaults
        self.sessions = sessions
    }
}

/// Result of `sessions.patch`.
public struct SessionPatchResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The store file.
    public var path: String
    /// Canonical key.
    public var key: String
    /// The whole entry as it is stored now, with fields that other programs put there.
    public var entry: JSONValue
    /// The model that the session uses now.
    public var resolved: ResolvedSessionModel

    public init(ok: Bool, path: String, key: String, entry: JSONValue, resolved: ResolvedSessionModel) {
        self.ok = ok
        self.path = path
        self.key = key
        self.entry = entry
        self.resolved = resolved
    }
}

/// Values of `status` of `SessionPreview`.
public struct SessionPreviewStatus: RawRepresentable, Codable, Hashable, Sendable {
    public static let ok = SessionPreviewStatus(rawValue: "ok")
    public static let empty = SessionPreviewStatus(rawValue: "empty")
    public static let missing = SessionPreviewStatus(rawValue: "missing")
    public static let error = SessionPreviewStatus(rawValue: "error")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The last messages of one session.
public struct SessionPreview: Codable, Equatable, Sendable {
    /// As the client sent it.
    public var key: String
    /// `ok`, `empty` (no messages), `missing` (no session) or `error` (not readable).
    public var status: SessionPreviewStatus
    /// Oldest first.
    public var items: [SessionPreviewItem]

    public init(key: String, status: SessionPreviewStatus, items: [SessionPreviewItem]) {
        self.key = key
        self.status = status
        self.items = items
    }
}

/// Values of `role` of `SessionPreviewItem`.
public struct SessionPreviewItemRole: RawRepresentable, Codable, Hashable, Sendable {
    public static let user = SessionPreviewItemRole(rawValue: "user")
    public static let assistant = SessionPreviewItemRole(rawValue: "assistant")
    public static let tool = SessionPreviewItemRole(rawValue: "tool")
    public static let system = SessionPreviewItemRole(rawValue: "system")
    public static let other = SessionPreviewItemRole(rawValue: "other")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// One message as a line of text.
public struct SessionPreviewItem: Codable, Equatable, Sendable {
    /// `user`, `assistant`, `tool`, `system` or `other`.
    public var role: SessionPreviewItemRole
    /// Shortened text.
    public var text: String

    public init(role: SessionPreviewItemRole, text: String) {
        self.role = role
        self.text = text
    }
}

/// Result of `sessions.preview`.
public struct SessionPreviewsResult: Codable, Equatable, Sendable {
    /// Now, milliseconds since 1970 UTC.
    public var ts: Int64
    /// One per key, in the order asked for.
    public var previews: [SessionPreview]

    public init(ts: Int64, previews: [SessionPreview]) {
        self.ts = ts
        self.previews = previews
    }
}

/// Result of `sessions.reset`.
public struct SessionResetResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// Canonical key.
    public var key: String
    /// The new entry as it is stored, with fields that other programs put there.
    public var entry: JSONValue

    public init(ok: Bool, key: String, entry: JSONValue) {
        self.ok = ok
        self.key = key
        self.entry = entry
    }
}

/// Result of `sessions.resolve`.
public struct SessionResolveResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// Canonical key of the session that was found.
    public var key: String

    public init(ok: Bool, key: String) {
        self.ok = ok
        self.key = key
    }
}

/// Values of `kind` of `SessionRow`.
public struct SessionRowKind: RawRepresentable, Codable, Hashable, Sendable {
    public static let direct = SessionRowKind(rawValue: "direct")
    public static let group = SessionRowKind(rawValue: "group")
    public static let global = SessionRowKind(rawValue: "global")
    public static let unknown = SessionRowKind(rawValue: "unknown")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A session in a list. Settings that are not set are absent.
public struct SessionRow: Codable, Equatable, Sendable {
    /// Canonical key.
    public var key: String
    /// What kind of conversation it is.
    public var kind: SessionRowKind
    /// Label.
    public var label: String?
    /// Name to show.
    public var displayName: String?
    /// Channel it came from.
    public var channel: String?
    /// Subject of a group.
    public var subject: String?
    /// Channel of a group.
    public var groupChannel: String?
    /// Space of a group.
    public var space: String?
    /// `direct`, `group` or `channel`.
    public var chatType: String?
    /// Where it began, as it is stored.
    public var origin: JSONValue?
    /// Last use, milliseconds since 1970 UTC, or null.
    public var updatedAt: Int64?
    /// Id of the current transcript.
    public var sessionId: String?
    /// A run has sent a system prompt.
    public var systemSent: Bool?
    /// The last run was cut short.
    public var abortedLastRun: Bool?
    /// Thinking level.
    public var thinkingLevel: String?
    /// Verbose level.
    public var verboseLevel: String?
    /// Reasoning level.
    public var reasoningLevel: String?
    /// Elevated level.
    public var elevatedLevel: String?
    /// `allow` or `deny`.
    public var sendPolicy: String?
    /// Prompt tokens of the last run.
    public var inputTokens: Int64?
    /// Generated tokens of the last run.
    public var outputTokens: Int64?
    /// Size of the last prompt, or else the tokens of the last run.
    public var totalTokens: Int64
    /// Usage line under replies.
    public var responseUsage: String?
    /// Provider of the model that the next run uses.
    public var modelProvider: String
    /// Model that the next run uses.
    public var model: String
    /// Context window in tokens.
    public var contextTokens: Int64?
    /// Where replies go, as it is stored.
    public var deliveryContext: JSONValue?
    /// Channel of the last message.
    public var lastChannel: String?
    /// Recipient of the last reply.
    public var lastTo: String?
    /// Account of the last reply.
    public var lastAccountId: String?
    /// A title made from the name or the first message; only when asked for.
    public var derivedTitle: String?
    /// The last message's text; only when asked for.
    public var lastMessagePreview: String?

    public init(key: String, kind: SessionRowKind, label: String? = nil, displayName: String? = nil, channel: String? = nil, subject: String? = nil, groupChannel: String? = nil, space: String? = nil, chatType: String? = nil, origin: JSONValue? = nil, updatedAt: Int64? = nil, sessionId: String? = nil, systemSent: Bool? = nil, abortedLastRun: Bool? = nil, thinkingLevel: String? = nil, verboseLevel: String? = nil, reasoningLevel: String? = nil, elevatedLevel: String? = nil, sendPolicy: String? = nil, inputTokens: Int64? = nil, outputTokens: Int64? = nil, totalTokens: Int64, responseUsage: String? = nil, modelProvider: String, model: String, contextTokens: Int64? = nil, deliveryContext: JSONValue? = nil, lastChannel: String? = nil, lastTo: String? = nil, lastAccountId: String? = nil, derivedTitle: String? = nil, lastMessagePreview: String? = nil) {
        self.key = key
        self.kind = kind
        self.label = label
        self.displayName = displayName
        self.channel = channel
        self.subject = subject
        self.groupChannel = groupChannel
        self.space = space
        self.chatType = chatType
        self.origin = origin
        self.updatedAt = updatedAt
        self.sessionId = sessionId
        self.systemSent = systemSent
        self.abortedLastRun = abortedLastRun
        self.thinkingLevel = thinkingLevel
        self.verboseLevel = verboseLevel
        self.reasoningLevel = reasoningLevel
        self.elevatedLevel = elevatedLevel
        self.sendPolicy = sendPolicy
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.totalTokens = totalTokens
        self.responseUsage = responseUsage
        self.modelProvider = modelProvider
        self.model = model
        self.contextTokens = contextTokens
        self.deliveryContext = deliveryContext
        self.lastChannel = lastChannel
        self.lastTo = lastTo
        self.lastAccountId = lastAccountId
        self.derivedTitle = derivedTitle
        self.lastMessagePreview = lastMessagePreview
    }
}

/// Result of `sessions.usage`.
public struct SessionUsageResult: Codable, Equatable, Sendable {
    /// Now, milliseconds since 1970 UTC.
    public var updatedAt: Int64
    /// First day.
    public var startDate: String
    /// Last day.
    public var endDate: String
    /// Newest first.
    public var sessions: [SessionUsageRow]
    /// Sums over all rows.
    public var totals: UsageSums
    /// Sums by subject.
    public var aggregates: UsageAggregates

    public init(updatedAt: Int64, startDate: String, endDate: String, sessions: [SessionUsageRow], totals: UsageSums, aggregates: UsageAggregates) {
        self.updatedAt = updatedAt
        self.startDate = startDate
        self.endDate = endDate
        self.sessions = sessions
        self.totals = totals
        self.aggregates = aggregates
    }
}

/// One transcript: the current one of a session, or one that no session refers to any more.
public struct SessionUsageRow: Codable, Equatable, Sendable {
    /// Canonical key.
    public var key: String
    /// Label.
    public var label: String?
    /// Id of the transcript.
    public var sessionId: String
    /// Last use, milliseconds since 1970 UTC; the Node gateway tells fractions where it takes the file's time.
    public var updatedAt: Double
    /// Agent.
    public var agentId: String?
    /// Channel it came from.
    public var channel: String?
    /// `direct`, `group` or `channel`.
    public var chatType: String?
    /// Where it began, as it is stored.
    public var origin: JSONValue?
    /// Model that the session was told to use.
    public var modelOverride: String?
    /// Its provider.
    public var providerOverride: String?
    /// Provider of the model that answered last.
    public var modelProvider: String?
    /// Model that answered last.
    public var model: String?
    /// What it used, or null.
    public var usage: SessionUsageSummary?
    /// The report about the last system prompt as it is stored, null when there is none; only when asked for.
    public var contextWeight: JSONValue?

    public init(key: String, label: String? = nil, sessionId: String, updatedAt: Double, agentId: String? = nil, channel: String? = nil, chatType: String? = nil, origin: JSONValue? = nil, modelOverride: String? = nil, providerOverride: String? = nil, modelProvider: String? = nil, model: String? = nil, usage: SessionUsageSummary? = nil, contextWeight: JSONValue? = nil) {
        self.key = key
        self.label = label
        self.sessionId = sessionId
        self.updatedAt = updatedAt
        self.agentId = agentId
        self.channel = channel
        self.chatType = chatType
        self.origin = origin
        self.modelOverride = modelOverride
        self.providerOverride = providerOverride
        self.modelProvider = modelProvider
        self.model = model
        self.usage = usage
        self.contextWeight = contextWeight
    }
}

/// What one transcript says about use and cost; the sums are the inherited members.
public struct SessionUsageSummary: Codable, Equatable, Sendable {
    /// Id of the transcript.
    public var sessionId: String?
    /// Its file.
    public var sessionFile: String
    /// First message of the range, milliseconds since 1970 UTC.
    public var firstActivity: Int64?
    /// Last message of the range, milliseconds since 1970 UTC.
    public var lastActivity: Int64?
    /// Between them.
    public var durationMs: Int64?
    /// Days with messages.
    public var activityDates: [String]
    /// Use by day.
    public var dailyBreakdown: [UsageDay]
    /// Messages by day.
    public var dailyMessageCounts: [DailyUsageMessages]
    /// Time to answer by day.
    public var dailyLatency: [DailyUsageLatency]?
    /// Use by day and model.
    public var dailyModelUsage: [DailyUsageModel]?
    /// Messages.
    public var messageCounts: UsageMessages
    /// Tools.
    public var toolUsage: UsageTools?
    /// Use by model.
    public var modelUsage: [UsageModel]?
    /// Time to answer.
    public var latency: UsageLatency?
    /// Prompt tokens that were not cached.
    public var input: Int64
    /// Generated tokens.
    public var output: Int64
    /// Prompt tokens read from the provider's cache.
    public var cacheRead: Int64
    /// Prompt tokens written to it.
    public var cacheWrite: Int64
    /// All of them.
    public var totalTokens: Int64
    /// US dollars.
    public var totalCost: Double
    /// Its part for prompts.
    public var inputCost: Double
    /// Its part for answers.
    public var outputCost: Double
    /// Its part for reading the cache.
    public var cacheReadCost: Double
    /// Its part for writing the cache.
    public var cacheWriteCost: Double
    /// Model calls whose price is not known; they are not in the cost.
    public var missingCostEntries: Int64

    public init(sessionId: String? = nil, sessionFile: String, firstActivity: Int64? = nil, lastActivity: Int64? = nil, durationMs: Int64? = nil, activityDates: [String], dailyBreakdown: [UsageDay], dailyMessageCounts: [DailyUsageMessages], dailyLatency: [DailyUsageLatency]? = nil, dailyModelUsage: [DailyUsageModel]? = nil, messageCounts: UsageMessages, toolUsage: UsageTools? = nil, modelUsage: [UsageModel]? = nil, latency: UsageLatency? = nil, input: Int64, output: Int64, cacheRead: Int64, cacheWrite: Int64, totalTokens: Int64, totalCost: Double, inputCost: Double, outputCost: Double, cacheReadCost: Double, cacheWriteCost: Double, missingCostEntries: Int64) {
        self.sessionId = sessionId
        self.sessionFile = sessionFile
        self.firstActivity = firstActivity
        self.lastActivity = lastActivity
        self.durationMs = durationMs
        self.activityDates = activityDates
        self.dailyBreakdown = dailyBreakdown
        self.dailyMessageCounts = dailyMessageCounts
        self.dailyLatency = dailyLatency
        self.dailyModelUsage = dailyModelUsage
        self.messageCounts = messageCounts
        self.toolUsage = toolUsage
        self.modelUsage = modelUsage
        self.latency = latency
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.totalTokens = totalTokens
        self.totalCost = totalCost
        self.inputCost = inputCost
        self.outputCost = outputCost
        self.cacheReadCost = cacheReadCost
        self.cacheWriteCost = cacheWriteCost
        self.missingCostEntries = missingCostEntries
    }
}

/// Params of `sessions.compact`.
public struct SessionsCompactParams: Codable, Equatable, Sendable {
    /// Session key.
    public var key: String
    /// Lines to keep; 400 when absent.
    public var maxLines: Int64?

    public init(key: String, maxLines: Int64? = nil) {
        self.key = key
        self.maxLines = maxLines
    }
}

/// Params of `sessions.delete`.
public struct SessionsDeleteParams: Codable, Equatable, Sendable {
    /// Session key.
    public var key: String
    /// Archive the transcript too; true when absent.
    public var deleteTranscript: Bool?

    public init(key: String, deleteTranscript: Bool? = nil) {
        self.key = key
        self.deleteTranscript = deleteTranscript
    }
}

/// Params of `sessions.list`.
public struct SessionsListParams: Codable, Equatable, Sendable {
    /// Most rows.
    public var limit: Int64?
    /// Only sessions used within so many minutes.
    public var activeMinutes: Int64?
    /// Include the global session.
    public var includeGlobal: Bool?
    /// Include sessions of unknown origin.
    public var includeUnknown: Bool?
    /// Derive a title from the first message.
    public var includeDerivedTitles: Bool?
    /// Include a preview of the last message.
    public var includeLastMessage: Bool?
    /// Only the session of this label.
    public var label: String?
    /// Only sessions started by this one.
    public var spawnedBy: String?
    /// Only sessions of this agent.
    public var agentId: String?
    /// Case-insensitive substring of name, label, subject, id or key.
    public var search: String?

    public init(limit: Int64? = nil, activeMinutes: Int64? = nil, includeGlobal: Bool? = nil, includeUnknown: Bool? = nil, includeDerivedTitles: Bool? = nil, includeLastMessage: Bool? = nil, label: String? = nil, spawnedBy: String? = nil, agentId: String? = nil, search: String? = nil) {
        self.limit = limit
        self.activeMinutes = activeMinutes
        self.includeGlobal = includeGlobal
        self.includeUnknown = includeUnknown
        self.includeDerivedTitles = includeDerivedTitles
        self.includeLastMessage = includeLastMessage
        self.label = label
        self.spawnedBy = spawnedBy
        self.agentId = agentId
        self.search = search
    }
}

/// Values of `responseUsage` of `SessionsPatchParams`.
public struct SessionsPatchParamsResponseUsage: RawRepresentable, Codable, Hashable, Sendable {
    public static let off = SessionsPatchParamsResponseUsage(rawValue: "off")
    public static let tokens = SessionsPatchParamsResponseUsage(rawValue: "tokens")
    public static let full = SessionsPatchParamsResponseUsage(rawValue: "full")
    public static let on = SessionsPatchParamsResponseUsage(rawValue: "on")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Values of `sendPolicy` of `SessionsPatchParams`.
public struct SessionsPatchParamsSendPolicy: RawRepresentable, Codable, Hashable, Sendable {
    public static let allow = SessionsPatchParamsSendPolicy(rawValue: "allow")
    public static let deny = SessionsPatchParamsSendPolicy(rawValue: "deny")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Values of `groupActivation` of `SessionsPatchParams`.
public struct SessionsPatchParamsGroupActivation: RawRepresentable, Codable, Hashable, Sendable {
    public static let mention = SessionsPatchParamsGroupActivation(rawValue: "mention")
    public static let always = SessionsPatchParamsGroupActivation(rawValue: "always")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Params of `sessions.patch`; null clears a field, absence keeps it.
public struct SessionsPatchParams: Codable, Equatable, Sendable {
    /// Session key.
    public var key: String
    /// Label, unique over all sessions.
    public var label: OrNull<String>?
    /// Thinking level.
    public var thinkingLevel: OrNull<String>?
    /// Verbose level.
    public var verboseLevel: OrNull<String>?
    /// Reasoning level.
    public var reasoningLevel: OrNull<String>?
    /// Usage line under replies.
    public var responseUsage: OrNull<SessionsPatchParamsResponseUsage>?
    /// Elevated level.
    public var elevatedLevel: OrNull<String>?
    /// Where commands run.
    public var execHost: OrNull<String>?
    /// Which commands run.
    public var execSecurity: OrNull<String>?
    /// When a command needs a person's consent.
    public var execAsk: OrNull<String>?
    /// Node that commands run on.
    public var execNode: OrNull<String>?
    /// Model.
    public var model: OrNull<String>?
    /// Session that started this one.
    public var spawnedBy: OrNull<String>?
    /// Whether messages are taken.
    public var sendPolicy: OrNull<SessionsPatchParamsSendPolicy>?
    /// When a group message wakes the agent.
    public var groupActivation: OrNull<SessionsPatchParamsGroupActivation>?

    public init(key: String, label: OrNull<String>? = nil, thinkingLevel: OrNull<String>? = nil, verboseLevel: OrNull<String>? = nil, reasoningLevel: OrNull<String>? = nil, responseUsage: OrNull<SessionsPatchParamsResponseUsage>? = nil, elevatedLevel: OrNull<String>? = nil, execHost: OrNull<String>? = nil, execSecurity: OrNull<String>? = nil, execAsk: OrNull<String>? = nil, execNode: OrNull<String>? = nil, model: OrNull<String>? = nil, spawnedBy: OrNull<String>? = nil, sendPolicy: OrNull<SessionsPatchParamsSendPolicy>? = nil, groupActivation: OrNull<SessionsPatchParamsGroupActivation>? = nil) {
        self.key = key
        self.label = label
        self.thinkingLevel = thinkingLevel
        self.verboseLevel = verboseLevel
        self.reasoningLevel = reasoningLevel
        self.responseUsage = responseUsage
        self.elevatedLevel = elevatedLevel
        self.execHost = execHost
        self.execSecurity = execSecurity
        self.execAsk = execAsk
        self.execNode = execNode
        self.model = model
        self.spawnedBy = spawnedBy
        self.sendPolicy = sendPolicy
        self.groupActivation = groupActivation
    }
}

/// Params of `sessions.preview`.
public struct SessionsPreviewParams: Codable, Equatable, Sendable {
    /// Session keys; the first 64 are used.
    public var keys: [String]
    /// Items per session; 12 when absent, at most 50.
    public var limit: Int64?
    /// Characters per item; 240 when absent, at most 2000.
    public var maxChars: Int64?

    public init(keys: [String], limit: Int64? = nil, maxChars: Int64? = nil) {
        self.keys = keys
        self.limit = limit
        self.maxChars = maxChars
    }
}

/// Params of `sessions.reset`.
public struct SessionsResetParams: Codable, Equatable, Sendable {
    /// Session key.
    public var key: String

    public init(key: String) {
        self.key = key
    }
}

/// Params of `sessions.resolve`: exactly one of key, session id, label.
public struct SessionsResolveParams: Codable, Equatable, Sendable {
    /// Session key.
    public var key: String?
    /// Session id.
    public var sessionId: String?
    /// Label.
    public var label: String?
    /// Only sessions of this agent.
    public var agentId: String?
    /// Only sessions started by this one.
    public var spawnedBy: String?
    /// Include the global session.
    public var includeGlobal: Bool?
    /// Include sessions of unknown origin.
    public var includeUnknown: Bool?

    public init(key: String? = nil, sessionId: String? = nil, label: String? = nil, agentId: String? = nil, spawnedBy: String? = nil, includeGlobal: Bool? = nil, includeUnknown: Bool? = nil) {
        self.key = key
        self.sessionId = sessionId
        self.label = label
        self.agentId = agentId
        self.spawnedBy = spawnedBy
        self.includeGlobal = includeGlobal
        self.includeUnknown = includeUnknown
    }
}

/// Params of `sessions.usage`.
public struct SessionsUsageParams: Codable, Equatable, Sendable {
    /// One session.
    public var key: String?
    /// First day, YYYY-MM-DD.
    public var startDate: String?
    /// Last day, YYYY-MM-DD.
    public var endDate: String?
    /// Most sessions; 50 when absent.
    public var limit: Int64?
    /// Include what fills the context.
    public var includeContextWeight: Bool?

    public init(key: String? = nil, startDate: String? = nil, endDate: String? = nil, limit: Int64? = nil, includeContextWeight: Bool? = nil) {
        self.key = key
        self.startDate = startDate
        self.endDate = endDate
        self.limit = limit
        self.includeContextWeight = includeContextWeight
    }
}

/// Payload of `shutdown`.
public struct ShutdownEvent: Codable, Equatable, Sendable {
    /// `gateway stopping` or `gateway restarting`.
    public var reason: String
    /// When to reconnect, in milliseconds; null when it does not come back by itself.
    public var restartExpectedMs: Int64?

    public init(reason: String, restartExpectedMs: Int64? = nil) {
        self.reason = reason
        self.restartExpectedMs = restartExpectedMs
    }
}

/// Params of `skills.install`.
public struct SkillsInstallParams: Codable, Equatable, Sendable {
    /// The skill.
    public var name: String
    /// Which of its ways to install what it needs.
    public var installId: String
    /// How long that may take, in milliseconds.
    public var timeoutMs: Int64?

    public init(name: String, installId: String, timeoutMs: Int64? = nil) {
        self.name = name
        self.installId = installId
        self.timeoutMs = timeoutMs
    }
}

/// Params of `skills.status`.
public struct SkillsStatusParams: Codable, Equatable, Sendable {
    /// The agent; the default one when absent.
    public var agentId: String?

    public init(agentId: String? = nil) {
        self.agentId = agentId
    }
}

/// Params of `skills.update`. What is absent stays.
public struct SkillsUpdateParams: Codable, Equatable, Sendable {
    /// The skill.
    public var skillKey: String
    /// Whether it may be used.
    public var enabled: Bool?
    /// Its API key; blank removes it.
    public var apiKey: String?
    /// Variables it gets; a blank value removes one.
    public var env: [String: String]?

    public init(skillKey: String, enabled: Bool? = nil, apiKey: String? = nil, env: [String: String]? = nil) {
        self.skillKey = skillKey
        self.enabled = enabled
        self.apiKey = apiKey
        self.env = env
    }
}

/// Result of `skills.update`.
public struct SkillsUpdateResult: Codable, Equatable, Sendable {
    /// Always true.
    public var ok: Bool
    /// The skill.
    public var skillKey: String
    /// What is configured for it now.
    public var config: JSONValue

    public init(ok: Bool, skillKey: String, config: JSONValue) {
        self.ok = ok
        self.skillKey = skillKey
        self.config = config
    }
}

/// Counters that tell a client which of its copies are stale.
public struct StateVersion: Codable, Equatable, Sendable {
    /// Rises with every change of presence.
    public var presence: Int64
    /// Rises with every finished health refresh.
    public var health: Int64

    public init(presence: Int64, health: Int64) {
        self.presence = presence
        self.health = health
    }
}

/// Sessions of one agent.
public struct StatusAgentSessions: Codable, Equatable, Sendable {
    /// Agent id.
    public var agentId: String
    /// Store path.
    public var path: String
    /// Number of sessions.
    public var count: Int64
    /// The newest, at most ten.
    public var recent: [JSONValue]

    public init(agentId: String, path: String, count: Int64, recent: [JSONValue]) {
        self.agentId = agentId
        self.path = path
        self.count = count
        self.recent = recent
    }
}

/// Heartbeats in a status summary.
public struct StatusHeartbeat: Codable, Equatable, Sendable {
    /// Agent that answers by default.
    public var defaultAgentId: String
    /// One row per agent.
    public var agents: [StatusHeartbeatAgent]

    public init(defaultAgentId: String, agents: [StatusHeartbeatAgent]) {
        self.defaultAgentId = defaultAgentId
        self.agents = agents
    }
}

/// Heartbeat of one agent.
public struct StatusHeartbeatAgent: Codable, Equatable, Sendable {
    /// Agent id.
    public var agentId: String
    /// True when it runs.
    public var enabled: Bool
    /// Interval as configured.
    public var every: String
    /// Interval in milliseconds, or null.
    public var everyMs: Int64?

    public init(agentId: String, enabled: Bool, every: String, everyMs: Int64? = nil) {
        self.agentId = agentId
        self.enabled = enabled
        self.every = every
        self.everyMs = everyMs
    }
}

/// Link state of a channel.
public struct StatusLinkChannel: Codable, Equatable, Sendable {
    /// Channel id.
    public var id: String
    /// Display name.
    public var label: String
    /// True when an account is linked.
    public var linked: Bool
    /// Age of the credentials in milliseconds, or null.
    public var authAgeMs: Int64?

    public init(id: String, label: String, linked: Bool, authAgeMs: Int64? = nil) {
        self.id = id
        self.label = label
        self.linked = linked
        self.authAgeMs = authAgeMs
    }
}

/// Defaults of sessions.
public struct StatusSessionDefaults: Codable, Equatable, Sendable {
    /// Model id, or null.
    public var model: String?
    /// Context size in tokens, or null.
    public var contextTokens: Int64?

    public init(model: String? = nil, contextTokens: Int64? = nil) {
        self.model = model
        self.contextTokens = contextTokens
    }
}

/// Sessions in a status summary.
public struct StatusSessions: Codable, Equatable, Sendable {
    /// Store paths of all agents.
    public var paths: [String]
    /// Number of sessions over all agents.
    public var count: Int64
    /// Model and context size used where a session says nothing.
    public var defaults: StatusSessionDefaults
    /// The newest sessions, at most ten; rows of the session store.
    public var recent: [JSONValue]
    /// The same per agent.
    public var byAgent: [StatusAgentSessions]

    public init(paths: [String], count: Int64, defaults: StatusSessionDefaults, recent: [JSONValue], byAgent: [StatusAgentSessions]) {
        self.paths = paths
        self.count = count
        self.defaults = defaults
        self.recent = recent
        self.byAgent = byAgent
    }
}

/// Result of `status`.
public struct StatusSummary: Codable, Equatable, Sendable {
    /// The first channel that can be linked; absent without one.
    public var linkChannel: StatusLinkChannel?
    /// Heartbeats of all agents.
    public var heartbeat: StatusHeartbeat
    /// One line per channel.
    public var channelSummary: [String]
    /// Texts that wait for the main session's next turn.
    public var queuedSystemEvents: [String]
    /// What a gateway that crashed again and again holds back; absent when nothing.
    public var safeMode: SafeModeNotice?
    /// Why the configuration file as it is now is not in force; absent when it is.
    public var configProblem: ConfigFileProblem?
    /// Sessions of all agents.
    public var sessions: StatusSessions

    public init(linkChannel: StatusLinkChannel? = nil, heartbeat: StatusHeartbeat, channelSummary: [String], queuedSystemEvents: [String], safeMode: SafeModeNotice? = nil, configProblem: ConfigFileProblem? = nil, sessions: StatusSessions) {
        self.linkChannel = linkChannel
        self.heartbeat = heartbeat
        self.channelSummary = channelSummary
        self.queuedSystemEvents = queuedSystemEvents
        self.safeMode = safeMode
        self.configProblem = configProblem
        self.sessions = sessions
    }
}

/// Params of `system-event`. Values of a wrong type are ignored, as the peer does.
public struct SystemEventParams: Codable, Equatable, Sendable {
    /// The event's text; required and not blank.
    public var text: JSONValue?
    /// Device that reports.
    public var deviceId: JSONValue?
    /// Instance that reports.
    public var instanceId: JSONValue?
    /// Host name.
    public var host: JSONValue?
    /// Address.
    public var ip: JSONValue?
    /// Mode.
    public var mode: JSONValue?
    /// Version.
    public var version: JSONValue?
    /// Platform.
    public var platform: JSONValue?
    /// Device family.
    public var deviceFamily: JSONValue?
    /// Hardware model.
    public var modelIdentifier: JSONValue?
    /// Seconds since last input.
    public var lastInputSeconds: JSONValue?
    /// Reason.
    public var reason: JSONValue?
    /// Roles.
    public var roles: JSONValue?
    /// Scopes.
    public var scopes: JSONValue?
    /// Accepted and dropped.
    public var tags: JSONValue?

    public init(text: JSONValue? = nil, deviceId: JSONValue? = nil, instanceId: JSONValue? = nil, host: JSONValue? = nil, ip: JSONValue? = nil, mode: JSONValue? = nil, version: JSONValue? = nil, platform: JSONValue? = nil, deviceFamily: JSONValue? = nil, modelIdentifier: JSONValue? = nil, lastInputSeconds: JSONValue? = nil, reason: JSONValue? = nil, roles: JSONValue? = nil, scopes: JSONValue? = nil, tags: JSONValue? = nil) {
        self.text = text
        self.deviceId = deviceId
        self.instanceId = instanceId
        self.host = host
        self.ip = ip
        self.mode = mode
        self.version = version
        self.platform = platform
        self.deviceFamily = deviceFamily
        self.modelIdentifier = modelIdentifier
        self.lastInputSeconds = lastInputSeconds
        self.reason = reason
        self.roles = roles
        self.scopes = scopes
        self.tags = tags
    }
}

/// A workspace file in the prompt.
public struct SystemPromptFile: Codable, Equatable, Sendable {
    /// Name.
    public var name: String
    /// Absolute path.
    public var path: String
    /// It is not there; the prompt says so.
    public var missing: Bool
    /// Size of the file.
    public var rawChars: Int64
    /// Size of what the prompt holds of it.
    public var injectedChars: Int64
    /// Its middle was left out.
    public var truncated: Bool

    public init(name: String, path: String, missing: Bool, rawChars: Int64, injectedChars: Int64, truncated: Bool) {
        self.name = name
        self.path = path
        self.missing = missing
        self.rawChars = rawChars
        self.injectedChars = injectedChars
        self.truncated = truncated
    }
}

/// Values of `source` of `SystemPromptReport`.
public struct SystemPromptReportSource: RawRepresentable, Codable, Hashable, Sendable {
    public static let run = SystemPromptReportSource(rawValue: "run")
    public static let estimate = SystemPromptReportSource(rawValue: "estimate")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// What a run's system prompt was made of; clients show it as the context report. Sizes are in characters.
public struct SystemPromptReport: Codable, Equatable, Sendable {
    /// `run`: measured on a prompt that was sent. `estimate`: on one that would be.
    public var source: SystemPromptReportSource
    /// When it was made, Unix milliseconds.
    public var generatedAt: Int64
    /// Session id.
    public var sessionId: String?
    /// Session key.
    public var sessionKey: String?
    /// Provider id of the model.
    public var provider: String?
    /// Model id.
    public var model: String?
    /// Workspace of the agent.
    public var workspaceDir: String?
    /// Most characters of one workspace file.
    public var bootstrapMaxChars: Int64?
    /// Whether the run's tools were in a sandbox.
    public var sandbox: SystemPromptSandbox?
    /// The whole prompt.
    public var systemPrompt: SystemPromptSize
    /// Files of the workspace that it holds or should hold.
    public var injectedWorkspaceFiles: [SystemPromptFile]
    /// Skills that it lists.
    public var skills: SystemPromptSkills
    /// Tools that the model was offered.
    public var tools: SystemPromptTools

    public init(source: SystemPromptReportSource, generatedAt: Int64, sessionId: String? = nil, sessionKey: String? = nil, provider: String? = nil, model: String? = nil, workspaceDir: String? = nil, bootstrapMaxChars: Int64? = nil, sandbox: SystemPromptSandbox? = nil, systemPrompt: SystemPromptSize, injectedWorkspaceFiles: [SystemPromptFile], skills: SystemPromptSkills, tools: SystemPromptTools) {
        self.source = source
        self.generatedAt = generatedAt
        self.sessionId = sessionId
        self.sessionKey = sessionKey
        self.provider = provider
        self.model = model
        self.workspaceDir = workspaceDir
        self.bootstrapMaxChars = bootstrapMaxChars
        self.sandbox = sandbox
        self.systemPrompt = systemPrompt
        self.injectedWorkspaceFiles = injectedWorkspaceFiles
        self.skills = skills
        self.tools = tools
    }
}

/// Sandbox of a run.
public struct SystemPromptSandbox: Codable, Equatable, Sendable {
    /// `off`, `non-main` or `all`.
    public var mode: String?
    /// This run was in one.
    public var sandboxed: Bool?

    public init(mode: String? = nil, sandboxed: Bool? = nil) {
        self.mode = mode
        self.sandboxed = sandboxed
    }
}

/// Size of a system prompt.
public struct SystemPromptSize: Codable, Equatable, Sendable {
    /// All of it.
    public var chars: Int64
    /// The part with the workspace files.
    public var projectContextChars: Int64
    /// The rest.
    public var nonProjectContextChars: Int64

    public init(chars: Int64, projectContextChars: Int64, nonProjectContextChars: Int64) {
        self.chars = chars
        self.projectContextChars = projectContextChars
        self.nonProjectContextChars = nonProjectContextChars
    }
}

/// A skill in the prompt.
public struct SystemPromptSkill: Codable, Equatable, Sendable {
    /// Name.
    public var name: String
    /// Size of what is said about it.
    public var blockChars: Int64

    public init(name: String, blockChars: Int64) {
        self.name = name
        self.blockChars = blockChars
    }
}

/// Skills in the prompt.
public struct SystemPromptSkills: Codable, Equatable, Sendable {
    /// All of them.
    public var promptChars: Int64
    /// One by one.
    public var entries: [SystemPromptSkill]

    public init(promptChars: Int64, entries: [SystemPromptSkill]) {
        self.promptChars = promptChars
        self.entries = entries
    }
}

/// A tool of a run.
public struct SystemPromptTool: Codable, Equatable, Sendable {
    /// Name.
    public var name: String
    /// Size of its description.
    public var summaryChars: Int64
    /// Size of its schema.
    public var schemaChars: Int64
    /// Number of its parameters; absent when its schema tells none.
    public var propertiesCount: Int64?

    public init(name: String, summaryChars: Int64, schemaChars: Int64, propertiesCount: Int64? = nil) {
        self.name = name
        self.summaryChars = summaryChars
        self.schemaChars = schemaChars
        self.propertiesCount = propertiesCount
    }
}

/// Tools of a run.
public struct SystemPromptTools: Codable, Equatable, Sendable {
    /// Size of their list in the prompt.
    public var listChars: Int64
    /// Size of all their schemas, which are sent beside the prompt.
    public var schemaChars: Int64
    /// One by one.
    public var entries: [SystemPromptTool]

    public init(listChars: Int64, schemaChars: Int64, entries: [SystemPromptTool]) {
        self.listChars = listChars
        self.schemaChars = schemaChars
        self.entries = entries
    }
}

/// Payload of `talk.mode`: people talk with the agent, or stopped.
public struct TalkModeEvent: Codable, Equatable, Sendable {
    /// Whether they do.
    public var enabled: Bool
    /// What happens at the moment.
    public var phase: String?
    /// When, Unix milliseconds.
    public var ts: Int64

    public init(enabled: Bool, phase: String? = nil, ts: Int64) {
        self.enabled = enabled
        self.phase = phase
        self.ts = ts
    }
}

/// Params of `talk.mode`.
public struct TalkModeParams: Codable, Equatable, Sendable {
    /// Whether people talk with the agent.
    public var enabled: Bool
    /// What happens at the moment, e.g. `listening`.
    public var phase: String?

    public init(enabled: Bool, phase: String? = nil) {
        self.enabled = enabled
        self.phase = phase
    }
}

/// Payload of `tick`.
public struct TickEvent: Codable, Equatable, Sendable {
    /// The gateway's clock, Unix milliseconds.
    public var ts: Int64

    public init(ts: Int64) {
        self.ts = ts
    }
}

/// Params of `update.run`.
public struct UpdateRunParams: Codable, Equatable, Sendable {
    /// Session that is told afterwards.
    public var sessionKey: String?
    /// What it is told.
    public var note: String?
    /// Milliseconds until the restart.
    public var restartDelayMs: Int64?
    /// How long the update may take, in milliseconds.
    public var timeoutMs: Int64?

    public init(sessionKey: String? = nil, note: String? = nil, restartDelayMs: Int64? = nil, timeoutMs: Int64? = nil) {
        self.sessionKey = sessionKey
        self.note = note
        self.restartDelayMs = restartDelayMs
        self.timeoutMs = timeoutMs
    }
}

/// Use by one agent.
public struct UsageAgent: Codable, Equatable, Sendable {
    /// Agent.
    public var agentId: String
    /// Sums.
    public var totals: UsageSums

    public init(agentId: String, totals: UsageSums) {
        self.agentId = agentId
        self.totals = totals
    }
}

/// Sums over all sessions of the result.
public struct UsageAggregates: Codable, Equatable, Sendable {
    /// Messages.
    public var messages: UsageMessages
    /// Tools.
    public var tools: UsageTools
    /// Costliest first.
    public var byModel: [UsageModel]
    /// Costliest first.
    public var byProvider: [UsageModel]
    /// Costliest first.
    public var byAgent: [UsageAgent]
    /// Costliest first.
    public var byChannel: [UsageChannel]
    /// Time to answer.
    public var latency: UsageLatency?
    /// Time to answer by day.
    public var dailyLatency: [DailyUsageLatency]
    /// Use by day and model.
    public var modelDaily: [DailyUsageModel]
    /// Everything by day.
    public var daily: [DailyUsage]

    public init(messages: UsageMessages, tools: UsageTools, byModel: [UsageModel], byProvider: [UsageModel], byAgent: [UsageAgent], byChannel: [UsageChannel], latency: UsageLatency? = nil, dailyLatency: [DailyUsageLatency], modelDaily: [DailyUsageModel], daily: [DailyUsage]) {
        self.messages = messages
        self.tools = tools
        self.byModel = byModel
        self.byProvider = byProvider
        self.byAgent = byAgent
        self.byChannel = byChannel
        self.latency = latency
        self.dailyLatency = dailyLatency
        self.modelDaily = modelDaily
        self.daily = daily
    }
}

/// Use by one channel.
public struct UsageChannel: Codable, Equatable, Sendable {
    /// Channel.
    public var channel: String
    /// Sums.
    public var totals: UsageSums

    public init(channel: String, totals: UsageSums) {
        self.channel = channel
        self.totals = totals
    }
}

/// Use on a day.
public struct UsageDay: Codable, Equatable, Sendable {
    /// Day, YYYY-MM-DD in the gateway's local time.
    public var date: String
    /// Tokens.
    public var tokens: Int64
    /// US dollars.
    public var cost: Double

    public init(date: String, tokens: Int64, cost: Double) {
        self.date = date
        self.tokens = tokens
        self.cost = cost
    }
}

/// Milliseconds from a message to its answer.
public struct UsageLatency: Codable, Equatable, Sendable {
    /// Number of answers.
    public var count: Int64
    /// Mean.
    public var avgMs: Double
    /// 95 of 100 were faster.
    public var p95Ms: Double
    /// Fastest.
    public var minMs: Double
    /// Slowest.
    public var maxMs: Double

    public init(count: Int64, avgMs: Double, p95Ms: Double, minMs: Double, maxMs: Double) {
        self.count = count
        self.avgMs = avgMs
        self.p95Ms = p95Ms
        self.minMs = minMs
        self.maxMs = maxMs
    }
}

/// Numbers of messages.
public struct UsageMessages: Codable, Equatable, Sendable {
    /// All.
    public var total: Int64
    /// People's messages.
    public var user: Int64
    /// Answers.
    public var assistant: Int64
    /// Calls of tools.
    public var toolCalls: Int64
    /// Results of tools.
    public var toolResults: Int64
    /// Failed answers and failed tool results.
    public var errors: Int64

    public init(total: Int64, user: Int64, assistant: Int64, toolCalls: Int64, toolResults: Int64, errors: Int64) {
        self.total = total
        self.user = user
        self.assistant = assistant
        self.toolCalls = toolCalls
        self.toolResults = toolResults
        self.errors = errors
    }
}

/// Use of one model, or of all of a provider.
public struct UsageModel: Codable, Equatable, Sendable {
    /// Provider id, when the transcript tells it.
    public var provider: String?
    /// Model id, when the transcript tells it.
    public var model: String?
    /// Calls.
    public var count: Int64
    /// Sums.
    public var totals: UsageSums

    public init(provider: String? = nil, model: String? = nil, count: Int64, totals: UsageSums) {
        self.provider = provider
        self.model = model
        self.count = count
        self.totals = totals
    }
}

/// Sums of tokens and US dollars.
public struct UsageSums: Codable, Equatable, Sendable {
    /// Prompt tokens that were not cached.
    public var input: Int64
    /// Generated tokens.
    public var output: Int64
    /// Prompt tokens read from the provider's cache.
    public var cacheRead: Int64
    /// Prompt tokens written to it.
    public var cacheWrite: Int64
    /// All of them.
    public var totalTokens: Int64
    /// US dollars.
    public var totalCost: Double
    /// Its part for prompts.
    public var inputCost: Double
    /// Its part for answers.
    public var outputCost: Double
    /// Its part for reading the cache.
    public var cacheReadCost: Double
    /// Its part for writing the cache.
    public var cacheWriteCost: Double
    /// Model calls whose price is not known; they are not in the cost.
    public var missingCostEntries: Int64

    public init(input: Int64, output: Int64, cacheRead: Int64, cacheWrite: Int64, totalTokens: Int64, totalCost: Double, inputCost: Double, outputCost: Double, cacheReadCost: Double, cacheWriteCost: Double, missingCostEntries: Int64) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.totalTokens = totalTokens
        self.totalCost = totalCost
        self.inputCost = inputCost
        self.outputCost = outputCost
        self.cacheReadCost = cacheReadCost
        self.cacheWriteCost = cacheWriteCost
        self.missingCostEntries = missingCostEntries
    }
}

/// Calls of one tool.
public struct UsageTool: Codable, Equatable, Sendable {
    /// Name.
    public var name: String
    /// Calls.
    public var count: Int64

    public init(name: String, count: Int64) {
        self.name = name
        self.count = count
    }
}

/// Calls of tools.
public struct UsageTools: Codable, Equatable, Sendable {
    /// All calls.
    public var totalCalls: Int64
    /// Different tools.
    public var uniqueTools: Int64
    /// Most called first.
    public var tools: [UsageTool]

    public init(totalCalls: Int64, uniqueTools: Int64, tools: [UsageTool]) {
        self.totalCalls = totalCalls
        self.uniqueTools = uniqueTools
        self.tools = tools
    }
}

/// Payload of `voicewake.changed`: the words that wake a device.
public struct VoiceWakeChangedEvent: Codable, Equatable, Sendable {
    /// All of them.
    public var triggers: [String]

    public init(triggers: [String]) {
        self.triggers = triggers
    }
}

/// Values of `mode` of `WakeParams`.
public struct WakeParamsMode: RawRepresentable, Codable, Hashable, Sendable {
    public static let now = WakeParamsMode(rawValue: "now")
    public static let nextHeartbeat = WakeParamsMode(rawValue: "next-heartbeat")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Params of `wake`.
public struct WakeParams: Codable, Equatable, Sendable {
    /// When the agent is to look at it.
    public var mode: WakeParamsMode
    /// What the main session is told.
    public var text: String

    public init(mode: WakeParamsMode, text: String) {
        self.mode = mode
        self.text = text
    }
}

/// Params of `web.login.start`.
public struct WebLoginStartParams: Codable, Equatable, Sendable {
    /// Also when it is linked already.
    public var force: Bool?
    /// How long to wait for the code, in milliseconds.
    public var timeoutMs: Int64?
    /// Say more in the log.
    public var verbose: Bool?
    /// The account.
    public var accountId: String?

    public init(force: Bool? = nil, timeoutMs: Int64? = nil, verbose: Bool? = nil, accountId: String? = nil) {
        self.force = force
        self.timeoutMs = timeoutMs
        self.verbose = verbose
        self.accountId = accountId
    }
}

/// Params of `web.login.wait`.
public struct WebLoginWaitParams: Codable, Equatable, Sendable {
    /// How long to wait, in milliseconds.
    public var timeoutMs: Int64?
    /// The account.
    public var accountId: String?

    public init(timeoutMs: Int64? = nil, accountId: String? = nil) {
        self.timeoutMs = timeoutMs
        self.accountId = accountId
    }
}

/// An answer to a step.
public struct WizardAnswer: Codable, Equatable, Sendable {
    /// The step.
    public var stepId: String
    /// What was chosen or typed.
    public var value: JSONValue?

    public init(stepId: String, value: JSONValue? = nil) {
        self.stepId = stepId
        self.value = value
    }
}

/// Params of `wizard.next`.
public struct WizardNextParams: Codable, Equatable, Sendable {
    /// The wizard's session.
    public var sessionId: String
    /// Answer to its last step.
    public var answer: WizardAnswer?

    public init(sessionId: String, answer: WizardAnswer? = nil) {
        self.sessionId = sessionId
        self.answer = answer
    }
}

/// Params of `wizard.cancel` and `wizard.status`.
public struct WizardSessionParams: Codable, Equatable, Sendable {
    /// The wizard's session.
    public var sessionId: String

    public init(sessionId: String) {
        self.sessionId = sessionId
    }
}

/// Values of `mode` of `WizardStartParams`.
public struct WizardStartParamsMode: RawRepresentable, Codable, Hashable, Sendable {
    public static let local = WizardStartParamsMode(rawValue: "local")
    public static let remote = WizardStartParamsMode(rawValue: "remote")

    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Params of `wizard.start`.
public struct WizardStartParams: Codable, Equatable, Sendable {
    /// What is set up.
    public var mode: WizardStartParamsMode?
    /// Workspace to propose.
    public var workspace: String?

    public init(mode: WizardStartParamsMode? = nil, workspace: String? = nil) {
        self.mode = mode
        self.workspace = workspace
    }
}

/// Names of the methods.
public enum GatewayMethods {
    /// The handshake.
    public static let connect = "connect"
    /// Health snapshot.
    public static let health = "health"
    /// Status summary.
    public static let status = "status"
    /// All presence entries.
    public static let systemPresence = "system-presence"
    /// Report of a host.
    public static let systemEvent = "system-event"
    /// Last heartbeat, or null.
    public static let lastHeartbeat = "last-heartbeat"
    /// End of the log file.
    public static let logsTail = "logs.tail"
    /// The configuration.
    public static let configGet = "config.get"
    /// Replaces the configuration.
    public static let configSet = "config.set"
    /// Replaces the configuration, with a note for the time after a restart.
    public static let configApply = "config.apply"
    /// Changes parts of the configuration.
    public static let configPatch = "config.patch"
    /// What a configuration may hold.
    public static let configSchema = "config.schema"
    /// Agents.
    public static let agentsList = "agents.list"
    /// Adds an agent.
    public static let agentsCreate = "agents.create"
    /// Changes an agent.
    public static let agentsUpdate = "agents.update"
    /// Removes an agent.
    public static let agentsDelete = "agents.delete"
    /// How an agent presents itself.
    public static let agentIdentityGet = "agent.identity.get"
    /// Models.
    public static let modelsList = "models.list"
    /// One turn, answered twice.
    public static let agent = "agent"
    /// Waits for a run.
    public static let agentWait = "agent.wait"
    /// Messages of a session.
    public static let chatHistory = "chat.history"
    /// Sends a message.
    public static let chatSend = "chat.send"
    /// Stops runs.
    public static let chatAbort = "chat.abort"
    /// Puts an assistant message into a session.
    public static let chatInject = "chat.inject"
    /// Sessions.
    public static let sessionsList = "sessions.list"
    /// Last messages of sessions.
    public static let sessionsPreview = "sessions.preview"
    /// Finds a session.
    public static let sessionsResolve = "sessions.resolve"
    /// Changes a session's settings.
    public static let sessionsPatch = "sessions.patch"
    /// Starts a session anew.
    public static let sessionsReset = "sessions.reset"
    /// Deletes a session.
    public static let sessionsDelete = "sessions.delete"
    /// Shortens a transcript.
    public static let sessionsCompact = "sessions.compact"
    /// Tokens and costs per session.
    public static let sessionsUsage = "sessions.usage"
    /// Devices that wait, and those that were approved.
    public static let devicePairList = "device.pair.list"
    /// Approves a device.
    public static let devicePairApprove = "device.pair.approve"
    /// Turns a device away.
    public static let devicePairReject = "device.pair.reject"
    /// Replaces a device's token.
    public static let deviceTokenRotate = "device.token.rotate"
    /// Ends a device's token.
    public static let deviceTokenRevoke = "device.token.revoke"
    /// Asks for a place in the node-pair store.
    public static let nodePairRequest = "node.pair.request"
    /// The node-pair store.
    public static let nodePairList = "node.pair.list"
    /// Puts a node into the store.
    public static let nodePairApprove = "node.pair.approve"
    /// Turns a node away.
    public static let nodePairReject = "node.pair.reject"
    /// Checks a node's token.
    public static let nodePairVerify = "node.pair.verify"
    /// Renames a node of the store.
    public static let nodeRename = "node.rename"
    /// Connected and approved nodes.
    public static let nodeList = "node.list"
    /// One of them.
    public static let nodeDescribe = "node.describe"
    /// Lets a node run a command.
    public static let nodeInvoke = "node.invoke"
    /// A node's answer.
    public static let nodeInvokeResult = "node.invoke.result"
    /// Something happened at a node.
    public static let nodeEvent = "node.event"
    /// Asks people about a command.
    public static let execApprovalRequest = "exec.approval.request"
    /// Decides about a command.
    public static let execApprovalResolve = "exec.approval.resolve"
    /// What was decided about commands for good.
    public static let execApprovalsGet = "exec.approvals.get"
    /// Replaces it.
    public static let execApprovalsSet = "exec.approvals.set"
    /// The same of a node.
    public static let execApprovalsNodeGet = "exec.approvals.node.get"
    /// Replaces it at a node.
    public static let execApprovalsNodeSet = "exec.approvals.node.set"
    /// State of channels.
    public static let channelsStatus = "channels.status"
    /// Signs a channel's account out.
    public static let channelsLogout = "channels.logout"
    /// Begins to link a channel by a code.
    public static let webLoginStart = "web.login.start"
    /// Waits until it is linked.
    public static let webLoginWait = "web.login.wait"
    /// Sends a message over a channel.
    public static let send = "send"
    /// Sends a question with answers to choose from.
    public static let poll = "poll"
    /// What newer clients send instead of both.
    public static let messageAction = "message.action"
    /// How many messages to send there are, by what became of them.
    public static let outboxStatus = "outbox.status"
    /// Messages to send, and what became of them.
    public static let outboxList = "outbox.list"
    /// Sends a message again that failed or may be there.
    public static let outboxRetry = "outbox.retry"
    /// Gives a message up.
    public static let outboxDrop = "outbox.drop"
    /// Senders that wait to be let in.
    public static let channelsPairingList = "channels.pairing.list"
    /// Lets one of them in.
    public static let channelsPairingApprove = "channels.pairing.approve"
    /// People talk with the agent, or stop.
    public static let talkMode = "talk.mode"
    /// Words that wake a device.
    public static let voicewakeGet = "voicewake.get"
    /// Replaces them.
    public static let voicewakeSet = "voicewake.set"
    /// Whether and how answers are spoken.
    public static let ttsStatus = "tts.status"
    /// Who can speak them.
    public static let ttsProviders = "tts.providers"
    /// Answers are spoken.
    public static let ttsEnable = "tts.enable"
    /// Answers are not spoken.
    public static let ttsDisable = "tts.disable"
    /// Chooses who speaks.
    public static let ttsSetProvider = "tts.setProvider"
    /// Speaks a text.
    public static let ttsConvert = "tts.convert"
    /// Limits of providers.
    public static let usageStatus = "usage.status"
    /// Tokens and costs per day.
    public static let usageCost = "usage.cost"
    /// One session, call by call.
    public static let sessionsUsageTimeseries = "sessions.usage.timeseries"
    /// One session, message by message.
    public static let sessionsUsageLogs = "sessions.usage.logs"
    /// Known files of a workspace.
    public static let agentsFilesList = "agents.files.list"
    /// Reads one of them.
    public static let agentsFilesGet = "agents.files.get"
    /// Writes one of them.
    public static let agentsFilesSet = "agents.files.set"
    /// Skills of an agent.
    public static let skillsStatus = "skills.status"
    /// Programs that skills need, for nodes.
    public static let skillsBins = "skills.bins"
    /// Installs what a skill needs.
    public static let skillsInstall = "skills.install"
    /// Configures a skill.
    public static let skillsUpdate = "skills.update"
    /// Tells the main session something.
    public static let wake = "wake"
    /// Controls a browser.
    public static let browserRequest = "browser.request"
    /// Installs a newer version.
    public static let updateRun = "update.run"
    /// Begins the setup wizard.
    public static let wizardStart = "wizard.start"
    /// Its next step.
    public static let wizardNext = "wizard.next"
    /// Ends it.
    public static let wizardCancel = "wizard.cancel"
    /// How far it is.
    public static let wizardStatus = "wizard.status"
    /// Switches heartbeats on and off.
    public static let setHeartbeats = "set-heartbeats"
    /// Schedules.
    public static let cronList = "cron.list"
    /// Whether they are run.
    public static let cronStatus = "cron.status"
    /// How the runs of one ended.
    public static let cronRuns = "cron.runs"
    /// Makes a job; its params come in several forms.
    public static let cronAdd = "cron.add"
    /// Changes a job.
    public static let cronUpdate = "cron.update"
    /// Removes a job.
    public static let cronRemove = "cron.remove"
    /// Runs a job now.
    public static let cronRun = "cron.run"
}

/// Names of the events.
public enum GatewayEvents {
    /// First frame of a connection.
    public static let connectChallenge = "connect.challenge"
    /// One step of an agent run.
    public static let agent = "agent"
    /// What a chat window shows.
    public static let chat = "chat"
    /// The whole presence list.
    public static let presence = "presence"
    /// Keep-alive.
    public static let tick = "tick"
    /// The gateway goes away.
    public static let shutdown = "shutdown"
    /// A fresh health snapshot.
    public static let health = "health"
    /// A node asks to be put into the node-pair store.
    public static let nodePairRequested = "node.pair.requested"
    /// Such a request was decided.
    public static let nodePairResolved = "node.pair.resolved"
    /// A node is to run a command.
    public static let nodeInvokeRequest = "node.invoke.request"
    /// A device asks to be paired.
    public static let devicePairRequested = "device.pair.requested"
    /// Such a request was decided.
    public static let devicePairResolved = "device.pair.resolved"
    /// A command waits for a person's decision.
    public static let execApprovalRequested = "exec.approval.requested"
    /// Such a command was decided about.
    public static let execApprovalResolved = "exec.approval.resolved"
    /// People talk with the agent, or stopped.
    public static let talkMode = "talk.mode"
    /// The words that wake a device.
    public static let voicewakeChanged = "voicewake.changed"
}
