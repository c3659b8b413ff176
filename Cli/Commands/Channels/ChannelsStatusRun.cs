using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Channels;

/// <summary><c>openclaw channels status</c> and <c>capabilities</c>: as the gateway says.</summary>
internal sealed class ChannelsStatusRun(CommandContext context, ClientArguments arguments)
{
    /// <summary>A probe's answer comes on top of what the gateway itself takes.</summary>
    private static readonly TimeSpan OwnTime = TimeSpan.FromSeconds(2);

    /// <summary>Shows the accounts; that no gateway answers is part of the answer, and the exit code is 0.</summary>
    public async Task<int> StatusAsync(bool probe, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await AskAsync(route, probe, timeout, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
        {
            await context.Error.WriteLineAsync("Gateway not reachable: " + TerminalText.Harmless(failure.Refusal ?? failure.Message)).ConfigureAwait(false);
            if (arguments.Json)
                return 1;
            await context.Out.WriteLineAsync(TerminalText.Harmless(ConfigOnly(route.Snapshot))).ConfigureAwait(false);
            return 0;
        }
        var answer = outcome.Response!.Payload;
        await context.Out.WriteLineAsync(arguments.Json ? JsonText.Indent(answer.Span) : TerminalText.Harmless(Text(answer))).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Shows what the channels can do.</summary>
    public async Task<int> CapabilitiesAsync(string? channel, string? account, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await AskAsync(route, probe: false, timeout, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return await failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
        using var document = JsonDocument.Parse(outcome.Response!.Payload);
        var status = document.RootElement;
        var wanted = KnownChannels.NameOf(channel);
        var rows = new JsonArray();
        foreach (var id in status.Items("channelOrder").Select(static item => item.GetString()!).Where(id => wanted.Length == 0 || id == wanted))
        {
            foreach (var each in (status.Field("channelAccounts") ?? default).Items(id).Where(each => account is null || each.Text("accountId") == KnownChannels.AccountOf(account)))
            {
                var actions = (status.Field("channelActions") ?? default).Items(id).Select(static JsonNode (item) => item.GetString()!);
                rows.Add((JsonNode)new JsonObject
                {
                    ["channel"] = id,
                    ["label"] = (status.Field("channelLabels") ?? default).Text(id) ?? id,
                    ["accountId"] = each.Text("accountId"),
                    ["actions"] = new JsonArray([.. actions]),
                    ["configured"] = each.Flag("configured") is true,
                    ["enabled"] = each.Flag("enabled") is true,
                    ["connected"] = each.Flag("connected") is true,
                });
            }
        }
        if (rows.Count == 0)
            return await context.FailAsync(wanted.Length > 0 ? $"Unknown channel \"{TerminalText.Harmless(wanted)}\", or it has no such account." : "No channel is configured.").ConfigureAwait(false);
        var text = string.Join("\n\n", rows.Select(static row =>
            $"{row!["label"]} {row["accountId"]}\nActions: {string.Join(", ", row["actions"]!.AsArray())}\nStatus: {((bool)row["configured"]! ? "configured" : "not configured")}, {((bool)row["enabled"]! ? "enabled" : "disabled")}, {((bool)row["connected"]! ? "connected" : "not connected")}"));
        await context.Out.WriteLineAsync(arguments.Json ? JsonText.Indent(Encoding.UTF8.GetBytes(new JsonObject { ["channels"] = rows }.ToJsonString())) : TerminalText.Harmless(text)).ConfigureAwait(false);
        return 0;
    }

    private Task<GatewayOutcome> AskAsync(GatewayRoute route, bool probe, TimeSpan timeout, CancellationToken cancellation)
    {
        var parameters = new JsonObject { ["probe"] = probe, ["timeoutMs"] = (long)timeout.TotalMilliseconds };
        return GatewayCaller.CallAsync(context, route, "channels.status", Encoding.UTF8.GetBytes(parameters.ToJsonString()), probe ? timeout + OwnTime : timeout, expectFinal: false, cancellation);
    }

    private static string Text(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        var status = document.RootElement;
        var text = new StringBuilder("Gateway reachable.\n");
        var warnings = new List<string>();
        foreach (var id in status.Items("channelOrder").Select(static item => item.GetString()!))
        {
            var label = (status.Field("channelLabels") ?? default).Text(id) ?? id;
            foreach (var account in (status.Field("channelAccounts") ?? default).Items(id))
            {
                text.Append("- ").Append(label).Append(' ').Append(account.Text("accountId")).Append(": ").AppendJoin(", ", PartsOf(account)).Append('\n');
                if (account.Flag("enabled") is true && account.Text("lastError") is { } error)
                    warnings.Add($"{id} {account.Text("accountId")}: {error}");
                if (account.Field("probe") is { } probe && probe.Flag("ok") is false)
                    warnings.Add($"{id} {account.Text("accountId")}: the service says: {probe.Text("error") ?? "nothing"}");
            }
        }
        if (warnings.Count > 0)
            text.Append("\nWarnings:\n- ").AppendJoin("\n- ", warnings).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    private static IEnumerable<string> PartsOf(JsonElement account)
    {
        yield return account.Flag("enabled") is true ? "enabled" : "disabled";
        yield return account.Flag("configured") is true ? "configured" : "not configured";
        yield return account.Flag("running") is true ? "running" : "stopped";
        yield return account.Flag("connected") is true ? "connected" : "disconnected";
        if (account.Text("name") is { } name)
            yield return "name:" + name;
        if (account.Text("mode") is { } mode)
            yield return "mode:" + mode;
        if (account.Text("tokenSource") is { } source)
            yield return "token:" + source;
        if (account.Text("dmPolicy") is { } policy)
            yield return "dm:" + policy;
        if (account.Field("probe") is { } probe)
            yield return probe.Flag("ok") is true ? $"works ({(probe.Field("bot") ?? default).Text("username")})" : "probe failed";
        if (account.Text("lastError") is { } error)
            yield return "error:" + error;
    }

    private string ConfigOnly(ConfigSnapshot snapshot)
    {
        var text = new StringBuilder("Gateway not reachable; showing config-only status.\n").Append("Config: ").Append(context.Environment.Display(snapshot.Path)).Append('\n');
        foreach (var account in KnownChannels.AccountsIn(snapshot))
            text.Append(CultureInfo.InvariantCulture, $"- {account.Label} {account.Id}: {(account.IsEnabled ? "enabled" : "disabled")}, {(account.TokenSource == "none" ? "not configured" : "configured")}, token:{account.TokenSource}\n");
        return text.ToString().TrimEnd('\n');
    }
}
