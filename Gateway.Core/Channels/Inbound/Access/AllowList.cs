using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Access;

/// <summary>Who may: ids as the configuration and the pairing store write them.</summary>
internal sealed class AllowList
{
    private const string Telegram = "telegram";
    private const string WhatsApp = "whatsapp";
    private const string Wildcard = "*";

    private readonly string _channel;
    private readonly HashSet<string> _entries;

    private AllowList(string channel, HashSet<string> entries, bool hasWildcard) => (_channel, _entries, HasWildcard) = (channel, entries, hasWildcard);

    /// <summary><c>"*"</c> is among them: everybody may.</summary>
    public bool HasWildcard { get; }

    /// <summary>Somebody is named, or everybody.</summary>
    public bool HasEntries => HasWildcard || _entries.Count > 0;

    public static AllowList Of(string channel, params ReadOnlySpan<IEnumerable<string>> lists)
    {
        var entries = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var hasWildcard = false;
        foreach (var list in lists)
        {
            foreach (var written in list)
            {
                if (written.Trim() == Wildcard)
                    hasWildcard = true;
                else if (Normalize(channel, written) is { Length: > 0 } entry)
                    entries.Add(entry);
            }
        }
        return new AllowList(channel, entries, hasWildcard);
    }

    /// <summary>
    /// Whether a sender is among them. Its id counts, and its phone number where the provider vouches for that; on Telegram its handle too, as the
    /// peer's configurations name people so. Its display name never does.
    /// </summary>
    public bool Allows(ChatSender sender) => HasWildcard || Names(sender);

    /// <summary>The same without the entry for everybody.</summary>
    public bool Names(ChatSender sender)
    {
        if (_entries.Count == 0)
            return false;
        return Has(sender.Id)
            || (sender.PhoneNumber is { } number && Has(number))
            || (_channel == Telegram && sender.Username is { Length: > 0 } handle && !handle.All(char.IsAsciiDigit) && _entries.Contains(handle));
    }

    /// <summary>A sender is among them by its handle alone.</summary>
    public bool NamesByHandle(ChatSender sender) =>
        !Has(sender.Id) && _channel == Telegram && sender.Username is { Length: > 0 } handle && !handle.All(char.IsAsciiDigit) && _entries.Contains(handle);

    /// <summary>How an entry is compared and stored: without the channel's prefix, without <c>@</c>, a phone number as <c>+</c> and digits.</summary>
    public static string Normalize(string channel, string written)
    {
        var entry = written.Trim();
        foreach (var prefix in channel == Telegram ? ["telegram:", "tg:"] : (string[])[channel + ":"])
        {
            if (entry.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                entry = entry[prefix.Length..].TrimStart();
                break;
            }
        }
        if (channel == Telegram)
            return entry.TrimStart('@');
        if (channel != WhatsApp || entry.Contains('@', StringComparison.Ordinal))
            return entry;
        var digits = string.Concat(entry.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? "" : "+" + digits;
    }

    /// <summary>A list of ids from the configuration, where they may be numbers; null when it is not written.</summary>
    public static ImmutableArray<string>? Read(ConfigSection section, string key) => section.Value(key) is JsonArray array
        ? [.. array.OfType<JsonValue>().Where(static item => item.GetValueKind() is JsonValueKind.String or JsonValueKind.Number).Select(static item => item.ToString())]
        : null;

    private bool Has(string id) => Normalize(_channel, id) is { Length: > 0 } normalized && _entries.Contains(normalized);
}
