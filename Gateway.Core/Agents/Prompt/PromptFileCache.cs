using System.Collections.Concurrent;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>The files that every prompt has, read again only when they have changed.</summary>
internal sealed class PromptFileCache
{
    /// <summary>A prompt file larger than this is not read as a whole; only its ends are ever used.</summary>
    private const int MaxFileBytes = 4 * 1024 * 1024;

    /// <summary>Larger ones, which are rare, are read each time: memory is for what is used.</summary>
    private const int MaxKeptBytes = 64 * 1024;

    /// <summary>Files that are kept; some ten for each agent.</summary>
    private const int MaxFiles = 512;

    private readonly ConcurrentDictionary<string, (FileStamp Stamp, string Content)> _kept = new(StringComparer.Ordinal);

    /// <summary>The text without its front matter; empty when it is too large, null when there is none that can be read.</summary>
    public async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // Before the content: a change in between is then seen at the next look.
            var stamp = FileStamp.Of(path);
            if (stamp.IsMissing)
                return null;
            if (_kept.TryGetValue(path, out var kept) && kept.Stamp == stamp)
                return kept.Content;
            if (stamp.Length > MaxFileBytes)
                return "";
            var content = WithoutFrontMatter(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
            if (stamp.Length <= MaxKeptBytes)
                Keep(path, stamp, content);
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be read is a file the agent does not have; the prompt says so.
            return null;
        }
    }

    private void Keep(string path, FileStamp stamp, string content)
    {
        if (_kept.Count >= MaxFiles)
            _kept.Clear();
        _kept[path] = (stamp, content);
    }

    private static string WithoutFrontMatter(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
            return text;
        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        return end < 0 ? text : text[(end + 5)..].TrimStart('\n');
    }
}
