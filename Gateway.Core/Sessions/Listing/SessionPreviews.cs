using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary><c>sessions.preview</c>.</summary>
internal sealed class SessionPreviews(ISessionSettings settings, SessionStores stores, TimeProvider time)
{
    public const int DefaultLimit = 12;
    public const int MaxLimit = 50;
    public const int DefaultMaxChars = 240;

    private const int MaxKeys = 64;
    private const int MinChars = 20;
    private const int MaxChars = 2000;

    /// <summary>How far back messages are looked for, once one was found and while none was; the peer's numbers, in bytes.</summary>
    private const int NearBytes = 64 * 1024;
    private const int FarBytes = 1024 * 1024;

    public async Task<SessionPreviewsResult> PreviewAsync(IReadOnlyList<string> keys, long? limit, long? maxChars, CancellationToken cancellationToken)
    {
        var items = (int)Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        var chars = (int)Math.Clamp(maxChars ?? DefaultMaxChars, MinChars, MaxChars);
        var previews = new List<SessionPreview>();
        foreach (var key in keys.Select(static key => key.Trim()).Where(static key => key.Length > 0).Take(MaxKeys))
            previews.Add(await PreviewAsync(key, items, chars, cancellationToken).ConfigureAwait(false));
        return new SessionPreviewsResult { Ts = time.GetUtcNow().ToUnixTimeMilliseconds(), Previews = previews };
    }

    private async Task<SessionPreview> PreviewAsync(string key, int limit, int maxChars, CancellationToken cancellationToken)
    {
        try
        {
            var current = settings.Current;
            var session = current.Rules.Canonicalize(key)!.Value;
            var entry = await stores.FindAsync(session, cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(entry?.SessionId))
                return new SessionPreview { Key = key, Status = "missing", Items = [] };
            var path = new SessionPaths(current).ExistingTranscript(session.AgentId, entry);
            var items = path is null ? [] : await ReadAsync(path, limit, maxChars, cancellationToken).ConfigureAwait(false);
            return new SessionPreview { Key = key, Status = items.Count > 0 ? "ok" : "empty", Items = items };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SessionPreview { Key = key, Status = "error", Items = [] };
        }
    }

    private static async Task<IReadOnlyList<SessionPreviewItem>> ReadAsync(string path, int limit, int maxChars, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var lines = new ReverseLineReader(file);
        var items = new List<SessionPreviewItem>();
        for (var messages = 0; messages < limit && lines.Passed < (messages > 0 ? NearBytes : FarBytes);)
        {
            if (!await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
                break;
            if (!TryRead(lines.Line, maxChars, out var item))
                continue;
            messages++;
            if (item is not null)
                items.Add(item);
        }
        items.Reverse();
        return items;
    }

    private static bool TryRead(ReadOnlyMemory<byte> line, int maxChars, out SessionPreviewItem? item)
    {
        item = null;
        var text = line.Trim(" \t\r"u8);
        if (text.IsEmpty)
            return false;
        try
        {
            using var document = JsonDocument.Parse(JsonLayout.Clean(text), new JsonDocumentOptions { MaxDepth = JsonLayout.MaxDepth });
            var message = MessageReader.Member(document.RootElement, "message");
            if (message.ValueKind != JsonValueKind.Object)
                return false;
            item = PreviewText.Of(message, maxChars);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
