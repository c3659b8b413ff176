namespace OpenClaw.Channels.Abstractions;

/// <summary>Under which names channels and the core meet on the bus.</summary>
public static class ChannelNames
{
    /// <summary>Queue of all that comes in, from every channel.</summary>
    public const string InboundQueue = "channels.inbound";

    /// <summary>Map of what the core tells channels of the configuration; keys are channel ids.</summary>
    public const string SettingsMap = "channels.settings";

    /// <summary>Map of the channels that some process has; keys are channel ids.</summary>
    public const string DirectoryMap = "channels.directory";

    /// <summary>Map of the accounts' status; keys are <c>channel:account</c>.</summary>
    public const string StatusMap = "channels.status";

    /// <summary>Map of what became of messages to send; keys are their ids.</summary>
    public const string OutboxMap = "channels.outbox";

    /// <summary>Queue of the messages that an account is to send.</summary>
    public static string OutboundQueue(string channel, string accountId) => $"outbound.{channel}.{QueueSafe(accountId)}";

    /// <summary>Lease of the one process that owns an account.</summary>
    public static string AccountLease(string channel, string accountId) => $"channel:{channel}:{accountId}";

    /// <summary>Service of an account's owner: takes actions.</summary>
    public static string AccountService(string channel, string accountId) => $"channel:{channel}:{accountId}";

    /// <summary>Service of the cores: takes a <see cref="Media.MediaPartRequest"/> and gives the bytes; none where the file is not there.</summary>
    public const string MediaService = "channels.media";

    /// <summary>Key of an account in a map.</summary>
    public static string AccountKey(string channel, string accountId) => $"{channel}:{accountId}";

    /// <summary>Account ids are the user's; names of queues are not free.</summary>
    private static string QueueSafe(string accountId) =>
        accountId.Length is > 0 and <= 64 && accountId.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? accountId
            : "x" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(accountId)).AsSpan(0, 16));
}
