using System.Text.Json.Serialization;

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

    /// <summary>True for messages of a conversation, which follow the session's queue mode; false waits in line.</summary>
    public bool Conversational { get; init; }
}

/// <summary>An image of a message.</summary>
/// <param name="Data">Base64.</param>
/// <param name="MimeType">Media type, sniffed from the content.</param>
internal sealed record AcceptedImage(string Data, string MimeType);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AcceptedMessage))]
internal sealed partial class IngressJsonContext : JsonSerializerContext;
