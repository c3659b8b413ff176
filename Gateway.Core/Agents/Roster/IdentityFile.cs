namespace OpenClaw.Gateway.Core.Agents.Roster;

/// <summary>What an agent says about itself in its workspace's <c>IDENTITY.md</c>: lines such as <c>- **Name:** Ada</c>.</summary>
internal static class IdentityFile
{
    public const string Name = "IDENTITY.md";

    /// <summary>Lines further down are not looked at: the file belongs to the agent, which may fill it with anything.</summary>
    private const int MaxBytes = 64 * 1024;

    private static readonly char[] Emphasis = ['*', '_'];

    /// <summary>Reads the file of a workspace. One that is missing, unreadable or says nothing is null.</summary>
    public static async Task<RosterIdentity?> ReadAsync(string workspace, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = new FileStream(Path.Combine(workspace, Name), new FileStreamOptions { Options = FileOptions.Asynchronous, Share = FileShare.ReadWrite | FileShare.Delete });
            var buffer = new byte[(int)Math.Min(stream.Length, MaxBytes)];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Parse(System.Text.Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static RosterIdentity? Parse(string text)
    {
        var identity = new RosterIdentity(null, null, null, null);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var item = line.Trim().TrimStart('-').Trim();
            var colon = item.IndexOf(':');
            if (colon < 0 || item[(colon + 1)..].Trim().Trim(Emphasis).Trim() is not { IsEmpty: false } value || IsHint(value))
                continue;
            identity = item[..colon].ToString().Replace("*", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Trim().ToLowerInvariant() switch
            {
                "name" => identity with { Name = value.ToString() },
                "theme" => identity with { Theme = value.ToString() },
                "emoji" => identity with { Emoji = value.ToString() },
                "avatar" => identity with { Avatar = value.ToString() },
                _ => identity,
            };
        }
        return identity == new RosterIdentity(null, null, null, null) ? null : identity;
    }

    /// <summary>A template tells in parentheses what to write; as long as that stands there, nothing was written.</summary>
    private static bool IsHint(ReadOnlySpan<char> value) => value[0] == '(' && value[^1] == ')';
}
