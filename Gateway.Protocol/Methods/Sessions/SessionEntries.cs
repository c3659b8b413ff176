using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Protocol.Methods.Sessions;

/// <summary>Result of <c>sessions.patch</c>.</summary>
public sealed record SessionPatchResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>The store file.</summary>
    public required string Path { get; init; }

    /// <summary>Canonical key.</summary>
    public required string Key { get; init; }

    /// <summary>The whole entry as it is stored now, with fields that other programs put there.</summary>
    public required RawJsonValue Entry { get; init; }

    /// <summary>The model that the session uses now.</summary>
    public required ResolvedSessionModel Resolved { get; init; }
}

/// <summary>A session's model.</summary>
public sealed record ResolvedSessionModel
{
    /// <summary>Provider id.</summary>
    public required string ModelProvider { get; init; }

    /// <summary>Model id.</summary>
    public required string Model { get; init; }
}

/// <summary>Result of <c>sessions.reset</c>.</summary>
public sealed record SessionResetResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>Canonical key.</summary>
    public required string Key { get; init; }

    /// <summary>The new entry as it is stored, with fields that other programs put there.</summary>
    public required RawJsonValue Entry { get; init; }
}
