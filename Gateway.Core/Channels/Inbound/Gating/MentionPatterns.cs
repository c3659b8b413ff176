using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Gating;

/// <summary>
/// Words that count as speaking to an agent: <c>agents.list[].groupChat.mentionPatterns</c>, else <c>messages.groupChat.mentionPatterns</c>, else its
/// name and emoji. Patterns are the operator's and texts anybody's, so none may take long.
/// </summary>
internal sealed class MentionPatterns
{
    /// <summary>Nobody is addressed behind so much text.</summary>
    private const int MaxTextLength = 16 * 1024;

    private const int MaxCached = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, Regex?> _compiled = new(StringComparer.Ordinal);

    /// <summary>Whether a text speaks to the agent.</summary>
    public bool Match(ConfigSnapshot snapshot, string agentId, string text)
    {
        var patterns = Of(snapshot, agentId);
        if (patterns.Count == 0)
            return false;
        var cleaned = Clean(text);
        return cleaned.Length > 0 && patterns.Any(pattern => IsMatch(pattern, cleaned));
    }

    internal static IReadOnlyList<string> Of(ConfigSnapshot snapshot, string agentId)
    {
        var own = snapshot.Root.Section("agents").Sections("list").FirstOrDefault(agent => string.Equals(agent.Text("id"), agentId, StringComparison.OrdinalIgnoreCase));
        var written = own.Section("groupChat").WrittenStrings("mentionPatterns") ?? snapshot.Root.Section("messages").Section("groupChat").WrittenStrings("mentionPatterns");
        if (written is not null)
            return written;
        var identity = AgentRoster.Of(snapshot).Find(agentId)?.Identity;
        var derived = new List<string>();
        if (identity?.Name?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words)
            derived.Add($@"(?:^|\W)@?{string.Join(@"\s+", words.Select(Regex.Escape))}(?:\W|$)");
        if (identity?.Emoji?.Trim() is { Length: > 0 } emoji)
            derived.Add(Regex.Escape(emoji));
        return derived;
    }

    private bool IsMatch(string pattern, string text)
    {
        if (_compiled.Count > MaxCached)
            _compiled.Clear();
        try
        {
            return _compiled.GetOrAdd(pattern, Compile)?.IsMatch(text) is true;
        }
        catch (RegexMatchTimeoutException)
        {
            // A pattern that a text can hang is not worth hanging for.
            return false;
        }
    }

    private static Regex? Compile(string pattern)
    {
        const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            // It looks around or back; then the time limit has to do.
            return TryCompile(pattern, Options);
        }
        catch (ArgumentException)
        {
            // Not a pattern; the others count.
            return null;
        }
    }

    private static Regex? TryCompile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options, Patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Clean(string text)
    {
        var builder = new StringBuilder(Math.Min(text.Length, MaxTextLength));
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxTextLength)))
        {
            if (c is not ((>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F')))
                builder.Append(c);
        }
        return builder.ToString();
    }
}
