using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>What can be appended to a transcript. Id, parent and time are given when it is written.</summary>
internal abstract record TranscriptEntry;

internal sealed record MessageEntry(AgentMessage Message) : TranscriptEntry;

internal sealed record ModelChangeEntry(string Provider, string ModelId) : TranscriptEntry;

internal sealed record ThinkingLevelChangeEntry(string ThinkingLevel) : TranscriptEntry;

/// <summary>A note of a component for itself; never sent to the model.</summary>
internal sealed record CustomEntry(string CustomType, JsonNode? Data) : TranscriptEntry;

/// <summary>Text from a component that the model sees as the user's.</summary>
/// <param name="CustomType">Who put it there.</param>
/// <param name="Content">The text.</param>
/// <param name="Display">Clients may show it.</param>
/// <param name="Details">For the component itself.</param>
internal sealed record CustomMessageEntry(string CustomType, IReadOnlyList<ContentBlock> Content, bool Display, JsonNode? Details = null) : TranscriptEntry;

/// <summary>Everything before <paramref name="FirstKeptEntryId"/> is replaced by a summary from here on.</summary>
/// <param name="Summary">The summary.</param>
/// <param name="FirstKeptEntryId">The oldest entry that the model still sees itself.</param>
/// <param name="TokensBefore">Size of the context before, in tokens.</param>
/// <param name="Details">Files read and modified in the summarised part.</param>
/// <param name="FromHook">A plugin wrote the summary.</param>
internal sealed record CompactionEntry(string Summary, string FirstKeptEntryId, long TokensBefore, JsonNode? Details = null, bool? FromHook = null) : TranscriptEntry;

/// <summary>Sums up a branch that was left; hangs off the entry it was left at.</summary>
internal sealed record BranchSummaryEntry(string FromId, string Summary, JsonNode? Details = null) : TranscriptEntry;

/// <summary>Names an entry; null takes the name away.</summary>
internal sealed record LabelEntry(string TargetId, string? Label) : TranscriptEntry;

internal sealed record SessionInfoEntry(string Name) : TranscriptEntry;
