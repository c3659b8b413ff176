using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// Builds the model's view: the path from the root to the leaf; where it was compacted, the summary first, then what was
/// kept, then what came after. Only the lines that are needed are read. The file must be of the current version.
/// </summary>
internal static class TranscriptContextReader
{
    private const string CompactionLead = "Earlier parts of this conversation were replaced by this summary:";
    private const string BranchLead = "Another branch of this conversation was left; this is its summary:";

    public static async Task<TranscriptContext> ReadAsync(string path, TranscriptIndex index, string? leafId, CancellationToken cancellationToken)
    {
        var branch = index.PathTo(leafId);
        if (branch.Count == 0)
            return TranscriptContext.Empty;

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var messages = new List<AgentMessage>();
        (string, string)? model = null;
        string? thinking = null;

        var (first, compaction) = (0, LastCompaction(branch));
        if (compaction >= 0)
        {
            using var summary = await ReadLineAsync(file, branch[compaction], cancellationToken).ConfigureAwait(false);
            messages.Add(Note(CompactionLead, MessageReader.Text(summary.RootElement, "summary") ?? "", summary.RootElement));
            first = IndexOf(branch, MessageReader.Text(summary.RootElement, "firstKeptEntryId"), compaction);
        }

        for (var i = 0; i < branch.Count; i++)
        {
            var kind = branch[i].Kind;
            var isSetting = kind is TranscriptEntryKind.ModelChange or TranscriptEntryKind.ThinkingLevelChange;
            var isSpeech = kind is TranscriptEntryKind.Message or TranscriptEntryKind.CustomMessage or TranscriptEntryKind.BranchSummary;
            if (!isSetting && (!isSpeech || i < first))
                continue;
            using var line = await ReadLineAsync(file, branch[i], cancellationToken).ConfigureAwait(false);
            var root = line.RootElement;
            if (kind == TranscriptEntryKind.ThinkingLevelChange)
                thinking = MessageReader.Text(root, "thinkingLevel") ?? thinking;
            else if (kind == TranscriptEntryKind.ModelChange)
                model = (MessageReader.Text(root, "provider") ?? "", MessageReader.Text(root, "modelId") ?? "");
            else if (Speech(kind, root) is { } message)
                messages.Add(message);
        }
        return new TranscriptContext(ContextCleaning.Clean(messages), model, thinking);
    }

    /// <summary>One message; null when the entry holds none that a model understands.</summary>
    public static async Task<AgentMessage?> ReadMessageAsync(string path, IndexedEntry entry, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var line = await ReadLineAsync(file, entry, cancellationToken).ConfigureAwait(false);
        return Speech(entry.Kind, line.RootElement);
    }

    private static AgentMessage? Speech(TranscriptEntryKind kind, JsonElement line) => kind switch
    {
        TranscriptEntryKind.Message => MessageReader.Read(MessageReader.Member(line, "message")),
        TranscriptEntryKind.CustomMessage => new UserMessage(MessageReader.ReadContent(MessageReader.Member(line, "content")), Time(line)),
        TranscriptEntryKind.BranchSummary when MessageReader.Text(line, "summary") is { Length: > 0 } summary => Note(BranchLead, summary, line),
        _ => null,
    };

    private static UserMessage Note(string lead, string summary, JsonElement line) => new($"{lead}\n\n<summary>\n{summary}\n</summary>", Time(line));

    private static long Time(JsonElement line) =>
        DateTimeOffset.TryParse(MessageReader.Text(line, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds() : 0;

    private static int LastCompaction(IReadOnlyList<IndexedEntry> branch)
    {
        for (var i = branch.Count - 1; i >= 0; i--)
        {
            if (branch[i].Kind == TranscriptEntryKind.Compaction)
                return i;
        }
        return -1;
    }

    /// <summary>Where the kept part begins; a kept entry that is not on the path keeps nothing.</summary>
    private static int IndexOf(IReadOnlyList<IndexedEntry> branch, string? id, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (branch[i].Id == id)
                return i;
        }
        return before;
    }

    private static async Task<JsonDocument> ReadLineAsync(SafeFileHandle file, IndexedEntry entry, CancellationToken cancellationToken)
    {
        var line = new byte[entry.Length];
        var filled = 0;
        while (filled < line.Length)
        {
            var read = await RandomAccess.ReadAsync(file, line.AsMemory(filled), entry.Offset + filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException("The transcript became shorter while it was read.");
            filled += read;
        }
        return JsonDocument.Parse(JsonLayout.Clean(line), new JsonDocumentOptions { MaxDepth = JsonLayout.MaxDepth });
    }
}
