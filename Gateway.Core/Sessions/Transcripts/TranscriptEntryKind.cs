namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>What a line of a transcript is.</summary>
internal enum TranscriptEntryKind
{
    /// <summary>A type this release does not know; kept, and passed over.</summary>
    Other,
    Header,
    Message,
    ModelChange,
    ThinkingLevelChange,
    Custom,
    CustomMessage,
    Compaction,
    BranchSummary,
    Label,
    SessionInfo,
}
