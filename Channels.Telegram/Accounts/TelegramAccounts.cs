using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Accounts;

/// <summary>The accounts of a configuration: <c>channels.telegram</c> with <c>accounts.&lt;id&gt;</c> laid over it, member by member.</summary>
internal static class TelegramAccounts
{
    public const string DefaultId = "default";

    /// <summary>The menu takes 100 entries.</summary>
    private const int MaxCommands = 100;

    private const int MaxCommandDescription = 256;

    public static IReadOnlyList<TelegramAccount> Read(ChannelSettings settings)
    {
        var channel = settings.Section;
        var accounts = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (channel.Member("accounts") is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (var entry in map.EnumerateObject().Where(static entry => entry.Name.Trim().Length > 0))
                accounts.TryAdd(entry.Name.Trim().ToLowerInvariant(), entry.Value);
        }
        if (accounts.Count == 0)
            accounts[DefaultId] = default;
        return WithoutDoubles(accounts.Select(pair => Read(pair.Key, pair.Value, channel, settings)));
    }

    /// <summary>Two polls with one token end each other for ever.</summary>
    private static List<TelegramAccount> WithoutDoubles(IEnumerable<TelegramAccount> accounts)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var kept = new List<TelegramAccount>();
        foreach (var account in accounts)
        {
            if (account is { Enabled: true, Problem: null } && !owners.TryAdd(account.Token, account.Id))
            {
                var same = account with { Problem = $"account {owners[account.Token]} has the same bot token, and only one can receive with it" };
                kept.Add(same with { Fingerprint = FingerprintOf(same) });
            }
            else
            {
                kept.Add(account);
            }
        }
        return kept;
    }

    private static TelegramAccount Read(string id, JsonElement account, JsonElement channel, ChannelSettings settings)
    {
        var token = TokenSource.Find(id, account, channel, settings.Variables);
        var problem = token.Problem;
        var read = new TelegramAccount(id)
        {
            Name = account.Text("name") ?? (id == DefaultId ? channel.Text("name") : null),
            Enabled = channel.Flag("enabled") != false && account.Flag("enabled") != false,
            TokenSource = token.Source,
            Token = token.Token,
            ApiRoot = Address("apiRoot", ["http", "https"])?.AbsoluteUri.TrimEnd('/') ?? TelegramAccount.PublicApi,
            Proxy = Address("proxy", ["http", "https", "socks4", "socks4a", "socks5"]),
            Webhook = Webhook(),
            MaxMediaBytes = Number("mediaMaxMb") is > 0 and <= 2000 and var megabytes ? (long)(megabytes * (1 << 20)) : 5L << 20,
            Timeout = Number("timeoutSeconds") is >= 1 and <= 3600 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            // A preview fetches what the model wrote, and an address can carry what was said: nobody has it who did not ask for it.
            HasLinkPreview = (account.Flag("linkPreview") ?? channel.Flag("linkPreview")) == true,
            Commands = Menu(account, channel, settings),
            Fingerprint = "",
        };
        read = read with { Problem = problem };
        return read with { Fingerprint = FingerprintOf(read) };

        string? Text(string name) => account.Text(name) ?? channel.Text(name);

        double? Number(string name) => account.Number(name) ?? channel.Number(name);

        Uri? Address(string name, string[] schemes)
        {
            if (Text(name) is not { } text)
                return null;
            if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme))
                return uri;
            problem ??= $"channels.telegram.{name} is no address of {string.Join(", ", schemes)}";
            return null;
        }

        WebhookSettings? Webhook()
        {
            if (Text("webhookUrl") is not { } url)
                return null;
            if (Text("webhookSecret") is not { } secret)
            {
                // Without it whoever finds the address could speak for anybody.
                problem ??= "channels.telegram.webhookUrl needs webhookSecret";
                return null;
            }
            var path = Text("webhookPath") ?? "/telegram-webhook";
            var port = Number("webhookPort") is >= 0 and <= 65535 and var number ? (int)number : 8787;
            return new WebhookSettings(url, secret, path.StartsWith('/') ? path : "/" + path, Text("webhookHost") ?? "0.0.0.0", port);
        }
    }

    /// <summary>The agent's commands and the user's own; none when the menu is switched off.</summary>
    private static List<BotCommand> Menu(JsonElement account, JsonElement channel, ChannelSettings settings)
    {
        var native = account.Member("commands").Flag("native") ?? channel.Member("commands").Flag("native");
        var commands = native == false ? [] : settings.Commands.Select(static command => (command.Name, command.Description));
        var custom = account.Member("customCommands") is { ValueKind: JsonValueKind.Array } own ? own : channel.Member("customCommands");
        var more = custom.ValueKind is JsonValueKind.Array ? custom.EnumerateArray().Select(static entry => (Name: entry.Text("command") ?? "", Description: entry.Text("description") ?? "")) : [];
        return [.. commands.Concat(more)
            .Select(static command => (Name: command.Name.TrimStart('/').ToLowerInvariant(), Description: command.Description.Trim()))
            // The API refuses the whole menu for one name of another form.
            .Where(static command => command.Name.Length is > 0 and <= 32 && command.Name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && command.Description.Length > 0)
            .DistinctBy(static command => command.Name)
            .Take(MaxCommands)
            .Select(static command => new BotCommand(command.Name, command.Description.Length <= MaxCommandDescription ? command.Description : command.Description[..MaxCommandDescription]))];
    }

    /// <summary>What the connection depends on, and nothing of what the core decides: a new allowlist must not end a poll.</summary>
    private static string FingerprintOf(TelegramAccount account)
    {
        var text = new StringBuilder()
            .AppendJoin('\n', account.Token, account.Name, account.Enabled, account.Problem, account.TokenSource, account.ApiRoot, account.Proxy, account.Webhook, account.Webhook?.Secret)
            .AppendJoin('\n', account.MaxMediaBytes, account.Timeout, account.HasLinkPreview)
            .AppendJoin('\n', account.Commands);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
