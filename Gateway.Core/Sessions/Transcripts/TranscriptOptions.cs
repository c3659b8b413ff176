namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Which transcript to open.</summary>
/// <param name="Path">Absolute path; from <see cref="Store.SessionPaths"/>.</param>
/// <param name="SessionId">Id for the header of a new file, or of one that lost its header.</param>
/// <param name="WorkingDirectory">Workspace for that header.</param>
internal sealed record TranscriptOptions(string Path, string SessionId, string WorkingDirectory)
{
    /// <summary>The transcript this one was forked from.</summary>
    public string? ParentSession { get; init; }

    /// <summary>Number of the lease by which this process owns the session; null for none.</summary>
    public long? Fence { get; init; }
}
