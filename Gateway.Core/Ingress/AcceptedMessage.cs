using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels.Replies;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>A message that the gateway answered for: once it is in the queue it is worked on, whatever happens to the process.</summary>
internal sealed record AcceptedMessage
{
    /// <summary>Id of the run; the client's idempotency key.</summary>
    public required string RunId { get; init; }

    /// <summary>When it was accepted, Unix milliseconds; the timestamp of the user message.</summary>
    public required long AcceptedAtMs { get; init; }

    public required string AgentId { get; init; }

    /// <summary>Canonical session key.</summary>
    public required string SessionKey { get; init; }

    public required string SessionId { get; init; }

    /// <summary>Session key as the client wrote it, for events.</summary>
    public string? EventSessionKey { get; init; }

    /// <summary>Text for the model, time envelope included.</summary>
    public required string Text { get; init; }

    public IReadOnlyList<AcceptedImage> Images { get; init; } = [];

    public string? Model { get; init; }

    public string? Thinking { get; init; }

    public string? Verbose { get; init; }

    public long? TimeoutMs { get; init; }

    public string? Lane { get; init; }

    public string? ExtraSystemPrompt { get; init; }

    public string? Channel { get; init; }

    /// <summary>Where its answer goes; null for clients of the gateway, which get it as events.</summary>
    public ReplyRoute? Reply { get; init; }

    /// <summary>Id of the message in its channel, as the text for the model names it; null when that is <see cref="RunId"/>.</summary>
    public string? MessageId { get; init; }

    /// <summary>It is stored once under its run id, however often it is accepted, over restarts too.</summary>
    public bool IsOnce { get; init; }

    /// <summary>A look around, and nobody's conversation.</summary>
    public bool Heartbeat { get; init; }

    /// <summary>Set for a run that a webhook asked for.</summary>
    public AcceptedHook? Hook { get; init; }

    /// <summary>True for messages of a conversation (<c>chat.send</c>), which have no second answer.</summary>
    public bool Conversational { get; init; }

    /// <summary>What to do when the session is busy, as it was set when the message came. Null waits in line.</summary>
    public AcceptedQueue? Queue { get; init; }

    /// <summary>The gateway's own answer to a command; then no model is asked. Null for everything else.</summary>
    public string? Notice { get; init; }
}

/// <summary>Queue settings in the form that is stored; a name that is not known means the default.</summary>
internal sealed record AcceptedQueue(string? Mode, long? DebounceMs, int? Cap, string? Drop)
{
    public static AcceptedQueue Of(QueueSettings settings) =>
        new(QueueSettings.NameOf(settings.Mode), (long)settings.Debounce.TotalMilliseconds, settings.Cap, QueueSettings.NameOf(settings.Drop));

    public QueueSettings ToSettings()
    {
        var defaults = new QueueSettings();
        return new QueueSettings
        {
            Mode = QueueSettings.ParseMode(Mode) ?? defaults.Mode,
            Debounce = DebounceMs is { } ms ? QueueSettings.Limit(ms) : defaults.Debounce,
            Cap = Math.Max(1, Cap ?? defaults.Cap),
            Drop = QueueSettings.ParseDrop(Drop) ?? defaults.Drop,
        };
    }
}

/// <summary>What is to be done with the outcome of a hook's run.</summary>
/// <param name="Name">Name of the hook.</param>
/// <param name="WakesNow">The main session looks at it at once.</param>
/// <param name="Deliver">It is to go to a channel.</param>
/// <param name="IsTrusted">The operator says that what comes of it needs no marks.</param>
/// <param name="Title">A name from outside, which goes between the marks.</param>
internal sealed record AcceptedHook(string Name, bool WakesNow, bool Deliver, bool IsTrusted = false, string? Title = null);

/// <summary>An image of a message.</summary>
/// <param name="Data">Base64.</param>
/// <param name="MimeType">Media type, sniffed from the content.</param>
internal sealed record AcceptedImage(string Data, string MimeType);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AcceptedMessage))]
internal sealed partial class IngressJsonContext : JsonSerializerContext;
