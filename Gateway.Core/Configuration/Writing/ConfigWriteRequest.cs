using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>One change of the configuration file's text.</summary>
public abstract record ConfigEdit
{
    private ConfigEdit()
    {
    }

    /// <summary>Sets one value; objects on the way to it are made.</summary>
    /// <param name="Path">Where.</param>
    /// <param name="Value">What; null writes null.</param>
    public sealed record Set(ConfigPath Path, JsonNode? Value) : ConfigEdit;

    /// <summary>Removes one value.</summary>
    /// <param name="Path">Where.</param>
    public sealed record Unset(ConfigPath Path) : ConfigEdit;

    /// <summary>
    /// Replaces the whole document. What means the same as before stays as it is written: comments, includes, references to variables.
    /// </summary>
    /// <param name="Raw">JSON5, as the file holds it or as clients are shown it.</param>
    public sealed record Replace(string Raw) : ConfigEdit;

    /// <summary>Like <see cref="Merge"/>, with a patch that nobody has read yet.</summary>
    /// <param name="Raw">JSON5 of an object.</param>
    public sealed record MergeText(string Raw) : ConfigEdit;

    /// <summary>Applies a JSON merge patch: null deletes, objects merge, anything else replaces.</summary>
    /// <param name="Patch">The patch.</param>
    public sealed record Merge(JsonObject Patch) : ConfigEdit;
}

/// <summary>Changes that belong together: all are written, or none.</summary>
/// <param name="Edits">In order.</param>
public sealed record ConfigWriteRequest(ImmutableArray<ConfigEdit> Edits)
{
    /// <summary>Hash of the text the changes are based on; another one now is a conflict.</summary>
    public string? BaseHash { get; init; }

    /// <summary>Whether a base hash has to be given when the file exists, as remote clients must.</summary>
    public bool RequireBaseHash { get; init; }

    /// <summary>Whether the file has to be valid as it is: a patch of one that is not would be judged by what it does not touch.</summary>
    public bool RequireValid { get; init; }

    /// <summary>Connection that asks, for those who follow the change; null for none.</summary>
    public string? Requester { get; init; }

    /// <summary>How long a restart waits, if the change needs one; null for at once.</summary>
    public TimeSpan? RestartDelay { get; init; }

    /// <summary>A request of one change.</summary>
    /// <param name="edit">The change.</param>
    public static implicit operator ConfigWriteRequest(ConfigEdit edit) => new([edit]);
}

/// <summary>How a write ended.</summary>
public enum ConfigWriteStatus
{
    /// <summary>The file has the new text.</summary>
    Written,

    /// <summary>The file says so already; nothing was written.</summary>
    Unchanged,

    /// <summary>There is nothing at the path to remove.</summary>
    NotFound,

    /// <summary>The result would not be valid; nothing was written.</summary>
    Invalid,

    /// <summary>The file is another one than the change was based on; nothing was written.</summary>
    Conflict,

    /// <summary>The change makes no sense; nothing was written.</summary>
    Refused,

    /// <summary>The disk or the file system refused; the file is as it was.</summary>
    Failed,
}

/// <summary>The outcome of a write.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Snapshot">What the file says now, when it was written or unchanged.</param>
/// <param name="Error">For people, when it was not; starts like the peer's message.</param>
/// <param name="Issues">What is wrong with the result, when it was invalid.</param>
public sealed record ConfigWriteResult(ConfigWriteStatus Status, ConfigSnapshot? Snapshot, string? Error, IReadOnlyList<ConfigIssue> Issues)
{
    /// <summary>True when the file says what was asked for.</summary>
    public bool Succeeded => Status is ConfigWriteStatus.Written or ConfigWriteStatus.Unchanged;

    internal static ConfigWriteResult Fail(ConfigWriteStatus status, string error, IReadOnlyList<ConfigIssue>? issues = null) =>
        new(status, null, error, issues ?? []);
}
