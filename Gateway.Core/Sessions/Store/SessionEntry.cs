using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// One entry of sessions.json. Immutable; it holds every field it was loaded with, known or not, in its order and
/// spelling, so an update by us never drops what another program stored. A field of the wrong type reads as absent.
/// </summary>
[JsonConverter(typeof(SessionEntryConverter))]
internal sealed class SessionEntry
{
    private readonly SessionField[] _fields;

    internal SessionEntry(SessionField[] fields) => _fields = fields;

    public static SessionEntry Empty { get; } = new([]);

    /// <summary>All fields in stored order.</summary>
    public IReadOnlyList<SessionField> Fields => _fields;

    public RawJson this[string name]
    {
        get
        {
            foreach (var field in _fields)
            {
                if (field.Name == name)
                    return field.Value;
            }
            return default;
        }
    }

    /// <summary>Id of the current transcript. Hostile input: see <see cref="SessionPaths"/> before it meets a path.</summary>
    public string? SessionId => Text(SessionFields.SessionId);

    /// <summary>Last activity, milliseconds since 1970 UTC.</summary>
    public long? UpdatedAt => Number(SessionFields.UpdatedAt);

    public string? SessionFile => Text(SessionFields.SessionFile);
    public string? SpawnedBy => Text(SessionFields.SpawnedBy);
    public string? Label => Text(SessionFields.Label);
    public string? DisplayName => Text(SessionFields.DisplayName);

    public bool? SystemSent => Flag(SessionFields.SystemSent);
    public bool? AbortedLastRun => Flag(SessionFields.AbortedLastRun);

    /// <summary>direct, group or channel.</summary>
    public string? ChatType => Text(SessionFields.ChatType);
    public string? GroupActivation => Text(SessionFields.GroupActivation);

    public string? ThinkingLevel => Text(SessionFields.ThinkingLevel);
    public string? VerboseLevel => Text(SessionFields.VerboseLevel);
    public string? ReasoningLevel => Text(SessionFields.ReasoningLevel);
    public string? ElevatedLevel => Text(SessionFields.ElevatedLevel);
    public string? ResponseUsage => Text(SessionFields.ResponseUsage);
    public string? ExecHost => Text(SessionFields.ExecHost);
    public string? ExecSecurity => Text(SessionFields.ExecSecurity);
    public string? ExecAsk => Text(SessionFields.ExecAsk);
    public string? ExecNode => Text(SessionFields.ExecNode);

    /// <summary>allow or deny.</summary>
    public string? SendPolicy => Text(SessionFields.SendPolicy);

    public string? ProviderOverride => Text(SessionFields.ProviderOverride);
    public string? ModelOverride => Text(SessionFields.ModelOverride);

    public string? QueueMode => Text(SessionFields.QueueMode);
    public long? QueueDebounceMs => Number(SessionFields.QueueDebounceMs);
    public long? QueueCap => Number(SessionFields.QueueCap);
    public string? QueueDrop => Text(SessionFields.QueueDrop);

    /// <summary>Sum over the model calls of the last run.</summary>
    public long? InputTokens => Number(SessionFields.InputTokens);

    /// <summary>Sum over the model calls of the last run.</summary>
    public long? OutputTokens => Number(SessionFields.OutputTokens);

    /// <summary>Size of the last prompt.</summary>
    public long? TotalTokens => Number(SessionFields.TotalTokens);
    public long? ContextTokens => Number(SessionFields.ContextTokens);
    public string? ModelProvider => Text(SessionFields.ModelProvider);
    public string? Model => Text(SessionFields.Model);
    public long? CompactionCount => Number(SessionFields.CompactionCount);

    public string? Channel => Text(SessionFields.Channel);
    public string? GroupId => Text(SessionFields.GroupId);
    public string? Subject => Text(SessionFields.Subject);
    public string? GroupChannel => Text(SessionFields.GroupChannel);
    public string? Space => Text(SessionFields.Space);
    public RawJson Origin => this[SessionFields.Origin];
    public string? LastChannel => Text(SessionFields.LastChannel);
    public string? LastTo => Text(SessionFields.LastTo);
    public string? LastAccountId => Text(SessionFields.LastAccountId);

    public string? Text(string name) => this[name].AsString();

    public long? Number(string name) => this[name].AsInt64();

    public bool? Flag(string name) => this[name].AsBoolean();

    /// <summary>The entry as it goes to clients.</summary>
    public RawJsonValue ToWire() => new(JsonSerializer.SerializeToUtf8Bytes(this, SessionsJson.Context.SessionEntry));

    /// <summary>Starts a changed copy.</summary>
    public SessionEntryEditor Edit() => new(_fields);

    /// <summary>Has the same fields, spelled the same, in whatever order.</summary>
    public bool IsSameAs(SessionEntry other) =>
        _fields.Length == other._fields.Length && _fields.All(field => field.Value.Utf8.Span.SequenceEqual(other[field.Name].Utf8.Span));

    /// <summary>A copy with the fields of <paramref name="patch"/> laid over this one's.</summary>
    public SessionEntry Overlay(SessionEntry patch)
    {
        var editor = Edit();
        foreach (var field in patch._fields)
            editor.Set(field.Name, field.Value);
        return editor.Build();
    }
}
