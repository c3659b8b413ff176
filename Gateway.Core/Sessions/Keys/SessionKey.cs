using System.Diagnostics.CodeAnalysis;

namespace OpenClaw.Gateway.Core.Sessions.Keys;

/// <summary>
/// A canonical session key: <c>agent:&lt;agentId&gt;:&lt;rest&gt;</c>, or one of the two reserved keys
/// <c>global</c> and <c>unknown</c>. Only <see cref="SessionKeyRules"/> makes one from client input.
/// </summary>
/// <param name="Value">The key as stored in sessions.json and sent on the wire.</param>
/// <param name="AgentId">The agent whose store holds it; a valid folder name.</param>
/// <param name="Rest">What follows the agent id; the whole key for reserved and malformed ones.</param>
internal readonly record struct SessionKey(string Value, string AgentId, string Rest)
{
    public const string Global = "global";
    public const string Unknown = "unknown";

    public bool IsReserved => Value is Global or Unknown;

    /// <summary>A session that another one spawned.</summary>
    public bool IsSubagent => Rest.StartsWith("subagent:", StringComparison.OrdinalIgnoreCase);

    public bool IsAcp => Rest.StartsWith("acp:", StringComparison.OrdinalIgnoreCase);

    /// <summary>A thread or topic of another conversation.</summary>
    public bool IsThread => ContainsMarker(Value, ":thread:") || ContainsMarker(Value, ":topic:");

    /// <summary>One run of a cron job (<c>cron:&lt;job&gt;:run:&lt;session&gt;</c>); listings hide these.</summary>
    public bool IsCronRun
    {
        get
        {
            if (!Rest.StartsWith("cron:", StringComparison.Ordinal))
                return false;
            var parts = Rest.Split(':');
            return parts is ["cron", { Length: > 0 }, "run", { Length: > 0 }];
        }
    }

    /// <summary>Name of the lane in which the session's runs wait for each other.</summary>
    public string Lane => "session:" + Value;

    /// <summary>The channel and conversation of a group key (<c>&lt;channel&gt;:group|channel:&lt;id&gt;</c>).</summary>
    public bool TryGetGroup([NotNullWhen(true)] out string? channel, [NotNullWhen(true)] out string? id)
    {
        var parts = Rest.Split(':', 3, StringSplitOptions.RemoveEmptyEntries);
        var isGroup = parts is [_, "group" or "channel", _];
        channel = isGroup ? parts[0] : null;
        id = isGroup ? parts[2] : null;
        return isGroup;
    }

    /// <summary>Kind of conversation; <paramref name="chatType"/> is the stored one (direct, group, channel), when known.</summary>
    public SessionKind KindOf(string? chatType) => Value switch
    {
        Global => SessionKind.Global,
        Unknown => SessionKind.Unknown,
        _ when chatType is "group" or "channel" => SessionKind.Group,
        _ when Value.Contains(":group:", StringComparison.Ordinal) || Value.Contains(":channel:", StringComparison.Ordinal) => SessionKind.Group,
        _ => SessionKind.Direct,
    };

    /// <summary>The conversation a thread key hangs off; null when it is no thread.</summary>
    public string? ThreadParent
    {
        get
        {
            var at = Math.Max(
                Value.LastIndexOf(":thread:", StringComparison.OrdinalIgnoreCase),
                Value.LastIndexOf(":topic:", StringComparison.OrdinalIgnoreCase));
            return at > 0 ? Value[..at] : null;
        }
    }

    public override string ToString() => Value;

    private static bool ContainsMarker(string value, string marker) => value.Contains(marker, StringComparison.OrdinalIgnoreCase);
}
