using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Commands.Channels;

/// <summary>An account as the configuration has it.</summary>
/// <param name="Channel">Its channel.</param>
/// <param name="Label">The channel's name for people.</param>
/// <param name="Id">Its id.</param>
/// <param name="TokenSource"><c>tokenFile</c>, <c>config</c>, <c>env</c> or <c>none</c>.</param>
/// <param name="IsEnabled">It is not switched off.</param>
internal sealed record ConfiguredAccount(string Channel, string Label, string Id, string TokenSource, bool IsEnabled);

/// <summary>The channels that this program has, and their accounts in a configuration.</summary>
internal static class KnownChannels
{
    public const string Telegram = "telegram";
    public const string WhatsApp = "whatsapp";
    public const string DefaultAccount = "default";

    /// <summary>Why WhatsApp cannot be used.</summary>
    public const string NoWhatsApp = "this gateway has no WhatsApp yet: it cannot be linked, and nothing is sent or received over it";

    private const int MaxAccountLength = 64;

    /// <summary>What may be wrong with a channel's name; null when it is one that accounts can be added to.</summary>
    public static string? Problem(string channel) => channel switch
    {
        Telegram => null,
        WhatsApp => NoWhatsApp,
        _ => $"Unknown channel: {channel} (this gateway has: {Telegram})",
    };

    public static string LabelOf(string channel) => channel switch
    {
        Telegram => "Telegram",
        WhatsApp => "WhatsApp",
        _ => channel,
    };

    public static string NameOf(string? channel) => channel?.Trim().ToLowerInvariant() ?? "";

    /// <summary>The account's id as the configuration writes it; null when it cannot be one.</summary>
    public static string? AccountOf(string? account)
    {
        if (account is null)
            return DefaultAccount;
        return account.Trim().ToLowerInvariant() is { Length: > 0 and <= MaxAccountLength } id && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && id != "__proto__" ? id : null;
    }

    /// <summary>The accounts of the channels that this program has.</summary>
    public static IReadOnlyList<ConfiguredAccount> AccountsIn(ConfigSnapshot snapshot)
    {
        var section = snapshot.Root.Section("channels").Section(Telegram);
        if (!section.Exists)
            return [];
        var accounts = section.Section("accounts");
        var ids = accounts.Children().Select(static pair => pair.Key).Order(StringComparer.Ordinal).DefaultIfEmpty(DefaultAccount);
        return [.. ids.Select(id => Of(id, accounts.Section(id), section, snapshot))];
    }

    private static ConfiguredAccount Of(string id, ConfigSection account, ConfigSection channel, ConfigSnapshot snapshot)
    {
        var source = SourceIn(account)
            ?? (id != DefaultAccount ? "none" : SourceIn(channel) ?? (snapshot.Environment.GetValueOrDefault("TELEGRAM_BOT_TOKEN")?.Trim() is { Length: > 0 } ? "env" : "none"));
        return new ConfiguredAccount(Telegram, LabelOf(Telegram), id, source, channel.Bool("enabled") is not false && account.Bool("enabled") is not false);
    }

    private static string? SourceIn(ConfigSection section) => section.Text("tokenFile") is not null ? "tokenFile" : section.Text("botToken") is not null ? "config" : null;
}
