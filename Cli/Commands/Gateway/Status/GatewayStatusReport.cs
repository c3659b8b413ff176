using System.Text.Json;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>What <c>openclaw gateway status</c> found out, as text and as the JSON that scripts read.</summary>
internal sealed record GatewayStatusReport
{
    /// <summary>Lines of an error that are shown.</summary>
    private const int MostErrorLines = 12;

    public required GatewayRoute Route { get; init; }

    public required GatewayTargetSources Sources { get; init; }

    /// <summary>Null when nobody tried.</summary>
    public required GatewayProbeResult? Probe { get; init; }

    public required string LogFile { get; init; }

    public required string? LastError { get; init; }

    private string BindMode => string.IsNullOrWhiteSpace(Sources.Bind) ? "loopback" : Sources.Bind;

    private string BindHost => BindMode switch
    {
        "lan" or "custom" => "0.0.0.0",
        "tailnet" => Sources.Addresses().Tailnet ?? "127.0.0.1",
        _ => "127.0.0.1",
    };

    private int Port => GatewayAddress.PortOf(Sources);

    private string Note => BindMode switch
    {
        "loopback" => "Loopback-only gateway; only local clients can connect.",
        "lan" => $"bind=lan listens on 0.0.0.0 (all interfaces); probing via {new Uri(Route.Address.Url).Host}.",
        _ => $"bind={BindMode}; probing via {new Uri(Route.Address.Url).Host}.",
    };

    public string Describe(GatewayEnvironment environment)
    {
        var snapshot = Route.Snapshot;
        var state = (snapshot.Exists ? "" : " (missing)") + (snapshot.Valid ? "" : " (invalid)");
        var lines = new List<string>
        {
            $"Service: {ServiceFacts.Label} ({ServiceFacts.Unknown})",
            $"File logs: {LogFile}",
            "",
            $"Config (cli): {environment.Display(snapshot.Path)}{state}",
            "",
            $"Gateway: bind={BindMode} ({BindHost}), port={Port} (env/config)",
            $"Probe target: {Route.Address.Url}",
            $"Dashboard: {DashboardAddress.UrlOf(snapshot, Route.Address) ?? "disabled"}",
            $"Probe note: {Note}",
            "",
            $"Runtime: unknown ({ServiceFacts.Unknown})",
        };
        if (Probe is { Ok: true })
            lines.Add("RPC probe: ok");
        return string.Join('\n', lines);
    }

    /// <summary>Why the gateway did not answer; null when it did, or was not asked.</summary>
    public string? DescribeFailure()
    {
        if (Probe is null or { Ok: true })
            return null;
        var lines = new List<string> { "RPC probe: failed", "RPC target: " + Route.Address.Url };
        foreach (var line in Probe.Details!.Split('\n').Take(MostErrorLines))
            lines.Add("  " + TerminalText.Harmless(line));
        if (Probe.Close is { NetworkError: { } network })
            lines.Add($"  No gateway answers there ({network}).");
        if (LastError is not null)
            lines.Add("Last gateway error: " + TerminalText.Harmless(LastError));
        return string.Join('\n', lines);
    }

    public string ToJson() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        ServiceFacts.Write(writer);
        WriteConfig(writer);
        writer.WriteStartObject("gateway");
        writer.WriteString("bindMode", BindMode);
        writer.WriteString("bindHost", BindHost);
        writer.WriteNumber("port", Port);
        writer.WriteString("portSource", "env/config");
        writer.WriteString("probeUrl", Route.Address.Url);
        writer.WriteString("probeNote", Note);
        writer.WriteEndObject();
        if (LastError is not null)
            writer.WriteString("lastError", LastError);
        if (Probe is not null)
        {
            writer.WriteStartObject("rpc");
            writer.WriteBoolean("ok", Probe.Ok);
            if (!Probe.Ok)
                writer.WriteString("error", Probe.Details);
            writer.WriteString("url", Route.Address.Url);
            writer.WriteEndObject();
        }
        writer.WriteStartArray("extraServices");
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private void WriteConfig(Utf8JsonWriter writer)
    {
        var snapshot = Route.Snapshot;
        writer.WriteStartObject("config");
        writer.WriteStartObject("cli");
        writer.WriteString("path", snapshot.Path);
        writer.WriteBoolean("exists", snapshot.Exists);
        writer.WriteBoolean("valid", snapshot.Valid);
        if (!snapshot.Valid)
        {
            writer.WriteStartArray("issues");
            foreach (var issue in snapshot.Issues)
            {
                writer.WriteStartObject();
                writer.WriteString("path", issue.Path);
                writer.WriteString("message", issue.Message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
