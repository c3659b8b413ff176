using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Sessions;

/// <summary>Result of <c>sessions.preview</c>.</summary>
public sealed record SessionPreviewsResult
{
    /// <summary>Now, milliseconds since 1970 UTC.</summary>
    public required long Ts { get; init; }

    /// <summary>One per key, in the order asked for.</summary>
    public required IReadOnlyList<SessionPreview> Previews { get; init; }
}

/// <summary>The last messages of one session.</summary>
public sealed record SessionPreview
{
    /// <summary>As the client sent it.</summary>
    public required string Key { get; init; }

    /// <summary><c>ok</c>, <c>empty</c> (no messages), <c>missing</c> (no session) or <c>error</c> (not readable).</summary>
    [OneOf("ok", "empty", "missing", "error")]
    public required string Status { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<SessionPreviewItem> Items { get; init; }
}

/// <summary>One message as a line of text.</summary>
public sealed record SessionPreviewItem
{
    /// <summary><c>user</c>, <c>assistant</c>, <c>tool</c>, <c>system</c> or <c>other</c>.</summary>
    [OneOf("user", "assistant", "tool", "system", "other")]
    public required string Role { get; init; }

    /// <summary>Shortened text.</summary>
    public required string Text { get; init; }
}

/// <summary>Result of <c>sessions.resolve</c>.</summary>
public sealed record SessionResolveResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>Canonical key of the session that was found.</summary>
    public required string Key { get; init; }
}

/// <summary>Result of <c>sessions.delete</c>.</summary>
public sealed record SessionDeletionResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>Canonical key.</summary>
    public required string Key { get; init; }

    /// <summary>There was an entry.</summary>
    public required bool Deleted { get; init; }

    /// <summary>Where its transcripts are now.</summary>
    public required IReadOnlyList<string> Archived { get; init; }
}

/// <summary>Result of <c>sessions.compact</c>.</summary>
public sealed record SessionCompactionResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>Canonical key.</summary>
    public required string Key { get; init; }

    /// <summary>Whether lines were taken out.</summary>
    public required bool Compacted { get; init; }

    /// <summary><c>no sessionId</c> or <c>no transcript</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The whole transcript as it was.</summary>
    public string? Archived { get; init; }

    /// <summary>Lines the transcript has now.</summary>
    public long? Kept { get; init; }
}
