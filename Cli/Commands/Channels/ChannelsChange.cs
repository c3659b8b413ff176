using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Cli.Commands.Channels;

/// <summary>What a user typed about an account to add.</summary>
/// <param name="Channel">Its channel.</param>
/// <param name="Account">Its id; null for the default.</param>
internal sealed record NewAccount(string Channel, string? Account)
{
    public string? Name { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public bool UsesVariable { get; init; }

    /// <summary>Never the token.</summary>
    public override string ToString() => $"NewAccount {{ Channel = {Channel}, Account = {Account} }}";
}

/// <summary><c>openclaw channels add</c> and <c>remove</c>: they change the configuration, which a running gateway follows by itself.</summary>
internal sealed class ChannelsChange(CommandContext context)
{
    /// <summary>What an account answers that has no connection at the moment.</summary>
    private const string NotConnected = "not connected";

    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(500);

    public async Task<int> AddAsync(NewAccount account, bool probe, CancellationToken cancellation)
    {
        var channel = KnownChannels.NameOf(account.Channel);
        if (KnownChannels.Problem(channel) is { } unknown)
            return await context.FailAsync(TerminalText.Harmless(unknown)).ConfigureAwait(false);
        if (KnownChannels.AccountOf(account.Account) is not { } id)
            return await context.FailAsync("Error: --account is letters, digits, - and _, 64 of them at most.").ConfigureAwait(false);
        var (values, wrong) = ValuesOf(account, id);
        if (values is null)
            return await context.FailAsync(TerminalText.Harmless(wrong!)).ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        var since = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!await WriteAsync(new JsonObject { ["channels"] = new JsonObject { [channel] = PatchOf(snapshot, channel, id, values) } }, cancellation).ConfigureAwait(false))
            return 1;
        await context.Out.WriteLineAsync($"Added {KnownChannels.LabelOf(channel)} account \"{id}\".").ConfigureAwait(false);
        return probe ? await ProbeAsync(channel, id, since, cancellation).ConfigureAwait(false) : 0;
    }

    public async Task<int> RemoveAsync(string channelText, string? accountText, bool delete, CancellationToken cancellation)
    {
        var channel = KnownChannels.NameOf(channelText);
        if (KnownChannels.Problem(channel) is { } unknown)
            return await context.FailAsync(TerminalText.Harmless(unknown)).ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (KnownChannels.AccountOf(accountText) is not { } id || KnownChannels.AccountsIn(snapshot).All(account => account.Id != id))
            return await context.FailAsync($"Error: there is no {KnownChannels.LabelOf(channel)} account \"{TerminalText.Harmless(accountText ?? KnownChannels.DefaultAccount)}\".").ConfigureAwait(false);
        var accounts = snapshot.Root.Section("channels").Section(channel).Section("accounts");
        JsonNode? patch = delete switch
        {
            // The whole section is the one account's.
            true when !accounts.Exists || accounts.Children().Count() <= 1 => null,
            true when id == KnownChannels.DefaultAccount => new JsonObject { ["botToken"] = null, ["tokenFile"] = null, ["accounts"] = new JsonObject { [id] = null } },
            true => new JsonObject { ["accounts"] = new JsonObject { [id] = null } },
            false when accounts.Section(id).Exists => new JsonObject { ["accounts"] = new JsonObject { [id] = new JsonObject { ["enabled"] = false } } },
            false => new JsonObject { ["enabled"] = false },
        };
        if (!await WriteAsync(new JsonObject { ["channels"] = new JsonObject { [channel] = patch } }, cancellation).ConfigureAwait(false))
            return 1;
        await context.Out.WriteLineAsync($"{(delete ? "Deleted" : "Disabled")} {KnownChannels.LabelOf(channel)} account \"{id}\".").ConfigureAwait(false);
        return 0;
    }

    /// <summary>What the account's section gets; a text instead says what is wrong.</summary>
    private (JsonObject? Values, string? Wrong) ValuesOf(NewAccount account, string id)
    {
        var sources = new[] { account.Token is not null, account.TokenFile is not null, account.UsesVariable }.Count(static given => given);
        if (sources != 1)
            return (null, sources == 0 ? "Telegram requires token or --token-file (or --use-env)." : "Error: give one of --token, --token-file and --use-env.");
        var values = new JsonObject { ["enabled"] = true, ["botToken"] = null, ["tokenFile"] = null };
        if (account.Name?.Trim() is { Length: > 0 } name)
            values["name"] = name;
        if (account.UsesVariable)
            return id == KnownChannels.DefaultAccount ? (values, null) : (null, "Error: --use-env is for the default account only.");
        if (account.TokenFile is { } file)
        {
            var path = Path.GetFullPath(context.Environment.ExpandPath(file)!);
            if (!File.Exists(path))
                return (null, $"Error: --token-file: there is no file {path}");
            values["tokenFile"] = path;
            return (values, null);
        }
        // It becomes part of an address; what it is not may not be told.
        if (account.Token!.Trim() is not { Length: > 0 } token || !token.All(static c => char.IsAsciiLetterOrDigit(c) || c is ':' or '_' or '-'))
            return (null, "Error: --token is no bot token: it has letters, digits, ':', '_' and '-' alone.");
        values["botToken"] = token;
        return (values, null);
    }

    /// <summary>The default account is the channel's own section, until there are several.</summary>
    private static JsonObject PatchOf(ConfigSnapshot snapshot, string channel, string id, JsonObject values)
    {
        var section = snapshot.Root.Section("channels").Section(channel);
        var accounts = section.Section("accounts");
        var hasAccounts = accounts.Children().Any();
        if (id == KnownChannels.DefaultAccount && !hasAccounts)
            return values;
        var patch = new JsonObject { [id] = values };
        // With the first named account the list of accounts begins, and the one that was alone has to be on it.
        if (!hasAccounts && (section.Text("botToken") ?? section.Text("tokenFile")) is not null)
            patch[KnownChannels.DefaultAccount] = new JsonObject();
        return new JsonObject { ["enabled"] = true, ["accounts"] = patch };
    }

    private async Task<bool> WriteAsync(JsonObject patch, CancellationToken cancellation)
    {
        using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
        var writer = new ConfigWriter(new ConfigLoader(context.Environment), context.Time, log.Loggers);
        var result = await writer.WriteAsync(new ConfigEdit.Merge(patch), cancellation).ConfigureAwait(false);
        if (result.Succeeded)
            return true;
        await context.FailAsync("Error: " + TerminalText.Harmless(result.Error ?? "the configuration was not written")).ConfigureAwait(false);
        return false;
    }

    /// <summary>Waits until the running gateway has begun anew with the account, and tells what the service says.</summary>
    private async Task<int> ProbeAsync(string channel, string id, long since, CancellationToken cancellation)
    {
        var parameters = Encoding.UTF8.GetBytes("""{"probe":true,"timeoutMs":10000}""");
        var begun = context.Time.GetTimestamp();
        while (true)
        {
            var route = await GatewayCaller.RouteAsync(context, new ClientArguments(), cancellation).ConfigureAwait(false);
            var outcome = await GatewayCaller.CallAsync(context, route, "channels.status", parameters, ProbePatience, expectFinal: false, cancellation).ConfigureAwait(false);
            if (outcome.Failure is { } failure)
                return await failure.ReportAsync(context, "It could not be tried: ").ConfigureAwait(false);
            using var document = JsonDocument.Parse(outcome.Response!.Payload);
            var account = (document.RootElement.Field("channelAccounts") ?? default).Items(channel).FirstOrDefault(each => each.Text("accountId") == id);
            if (account.Integer("lastStartAt") >= since && account.Field("probe") is { } probe)
            {
                if (probe.Flag("ok") is true)
                {
                    await context.Out.WriteLineAsync("It works: " + TerminalText.Harmless((probe.Field("bot") ?? default).Text("username") ?? "the service knows it")).ConfigureAwait(false);
                    return 0;
                }
                // The connection is about to be made, or has ended already and says why.
                var isAway = account.Flag("connected") is not true && probe.Text("error") is NotConnected;
                if (!isAway || account.Text("lastError") is not null)
                    return await context.FailAsync("It does not work: " + TerminalText.Harmless((isAway ? account.Text("lastError") : probe.Text("error")) ?? "no answer")).ConfigureAwait(false);
            }
            if (context.Time.GetElapsedTime(begun) > ProbePatience)
                return await context.FailAsync("It could not be tried: the gateway has not begun with it" + (account.Text("lastError") is { } error ? $" ({TerminalText.Harmless(error)})." : ".")).ConfigureAwait(false);
            await Task.Delay(ProbePause, context.Time, cancellation).ConfigureAwait(false);
        }
    }
}
