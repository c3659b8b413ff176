using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Roster;

/// <summary>
/// What a chat window shows as the agent's name and picture: the first usable of <c>ui.assistant</c>, the agent's configured
/// identity, its <c>IDENTITY.md</c>, and a default.
/// </summary>
/// <param name="Name">At most 50 characters.</param>
/// <param name="Avatar">A picture's URL, or a few characters that stand for one.</param>
/// <param name="Emoji">Null when there is none.</param>
internal sealed record AssistantIdentity(string Name, string Avatar, string? Emoji)
{
    private const int MaxName = 50;
    private const int MaxAvatar = 200;
    private const int MaxEmoji = 16;
    private const int MaxAvatarText = 4;

    public static AssistantIdentity Resolve(ConfigSection root, RosterIdentity? configured, RosterIdentity? ofFile)
    {
        var ui = root.Section("ui").Section("assistant");
        return new AssistantIdentity(
            First([ui.Text("name"), configured?.Name, ofFile?.Name], static text => text.Length <= MaxName ? text : text[..MaxName]) ?? "Assistant",
            First([ui.Text("avatar"), configured?.Avatar, configured?.Emoji, ofFile?.Avatar, ofFile?.Emoji], AsAvatar) ?? "A",
            First([configured?.Emoji, ofFile?.Emoji, configured?.Avatar, ofFile?.Avatar], AsEmoji));
    }

    private static string? First(IEnumerable<string?> candidates, Func<string, string?> usable) =>
        candidates.Select(candidate => candidate?.Trim() is { Length: > 0 } text ? usable(text) : null).FirstOrDefault(static text => text is not null);

    // A picture in the workspace is passed over: nothing serves it, and its path would be a broken link in every client.
    private static string? AsAvatar(string text) =>
        text.Length <= MaxAvatar && (IsUrl(text) || (text.Length <= MaxAvatarText && !IsPath(text) && !text.Any(char.IsWhiteSpace))) ? text : null;

    private static string? AsEmoji(string text) =>
        text.Length <= MaxEmoji && text.Any(static c => c > 127) && !IsUrl(text) && !IsPath(text) ? text : null;

    private static bool IsUrl(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);

    private static bool IsPath(string text) =>
        text.AsSpan().ContainsAny('/', '\\') || Path.GetExtension(text).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" or ".svg" or ".ico";
}
