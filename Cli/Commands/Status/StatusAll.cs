using System.Globalization;
using System.Text;
using OpenClaw.Cli.Commands.Doctor;
using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Commands.Health;
using OpenClaw.Cli.Commands.Logs;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Sessions.Listing;

namespace OpenClaw.Cli.Commands.Status;

/// <summary><c>openclaw status --all</c>: a report to paste for those who help. No secret that this instance knows is in it.</summary>
internal sealed class StatusAll(CommandContext context, GatewayRoute route, GatewayProbeResult probe, ServiceFacts service)
{
    private const int NarrowestTable = 60;
    private const int LogLines = 10;

    private readonly SecretTexts _secrets = SecretTexts.Of(route.Snapshot, context.Environment);
    private readonly int _width = Math.Max(NarrowestTable, context.Console.Width() - 1);

    public async Task<string> WriteAsync(CancellationToken cancellation)
    {
        var text = new StringBuilder("OpenClaw status --all\n\nOverview\n").Append(Overview());
        if (probe.Answer("health") is { } health)
        {
            var channels = new TextTable(_width, "Channel", "State");
            foreach (var channel in ChannelState.All(health))
                Add(channels, channel.Label, channel.State);
            text.Append("\nChannels\n").Append(channels);
        }
        text.Append("\nAgents\n").Append(await AgentsAsync(cancellation).ConfigureAwait(false));
        text.Append("\nDiagnosis (nothing was changed)\n");
        await DiagnoseAsync(text, cancellation).ConfigureAwait(false);
        await LogAsync(text, cancellation).ConfigureAwait(false);
        return text.Append("\nTokens, passwords and keys that this instance knows were taken out. Names, paths and addresses are in it.\n").ToString();
    }

    /// <summary>Before it is laid out: a table may break a secret in two, and then nobody finds it.</summary>
    private void Add(TextTable table, params string[] cells) => table.Add(Array.ConvertAll(cells, _secrets.Remove));

    private TextTable Overview()
    {
        var environment = context.Environment;
        var table = new TextTable(_width, "Item", "Value");
        Add(table, "Version", ProductVersion.Commit is { } commit ? $"{ProductVersion.Number} ({commit})" : ProductVersion.Number);
        Add(table, "OS", MachineFacts.Read().Label);
        Add(table, "Runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);
        Add(table, "Config", environment.Display(route.Snapshot.Path) + (route.Snapshot.Exists ? "" : " (missing)") + (route.Snapshot.Valid ? "" : " (invalid)"));
        Add(table, "State", environment.Display(environment.StateDirectory));
        Add(table, "Dashboard", DashboardAddress.UrlOf(route.Snapshot, route.Address) ?? "disabled");
        Add(table, "Gateway", $"{route.Address.Url} ({route.Address.Source}) · " + (probe.Connected
            ? string.Create(CultureInfo.InvariantCulture, $"reachable {probe.Latency.TotalMilliseconds:0}ms")
            : $"unreachable ({probe.Error})"));
        Add(table, "Gateway service", TerminalText.HarmlessLine(service.Short));
        if (probe.Self() is { } self)
            Add(table, "Gateway self", $"{self.Text("host")} ({self.Text("ip")}) app {self.Text("version")} {self.Text("platform")}");
        return table;
    }

    private async Task<TextTable> AgentsAsync(CancellationToken cancellation)
    {
        var table = new TextTable(_width, "Agent", "Sessions", "Active", "Store");
        try
        {
            var stored = await StoredSessions.ReadAsync(route.Snapshot, context.Environment, context.Time, cancellation: cancellation).ConfigureAwait(false);
            foreach (var (agent, file) in stored.StoreFiles)
            {
                var own = stored.Sessions.Where(session => session.AgentId == agent).ToList();
                var last = own.Max(static session => session.UpdatedAt);
                Add(table, agent, own.Count.ToString(CultureInfo.InvariantCulture), last is { } at ? Age.Ago(at, context.Time.GetUtcNow()) : "never", context.Environment.Display(file));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Add(table, "?", "?", "?", e.Message);
        }
        return table;
    }

    private async Task DiagnoseAsync(StringBuilder text, CancellationToken cancellation)
    {
        var patient = await Patient.ExamineAsync(context, new DoctorOptions(), cancellation).ConfigureAwait(false);
        foreach (var area in await new Examination(DoctorChecks.All, context.Time).RunAsync(patient, cancellation).ConfigureAwait(false))
        {
            if (!area.Findings.Any(static finding => finding.IsProblem))
                text.Append(CultureInfo.InvariantCulture, $"✓ {area.Area}\n");
            foreach (var finding in area.Findings.OrderByDescending(static finding => finding.Severity))
            {
                var mark = finding.Severity switch { FindingSeverity.Error => "✗", FindingSeverity.Warning => "!", _ => "·" };
                text.Append(CultureInfo.InvariantCulture, $"{mark} {Shown(finding.Title)} [{finding.Id}]\n    {Shown(finding.Detail).Replace("\n", "\n    ", StringComparison.Ordinal)}\n");
            }
        }
    }

    /// <summary>Lines of subsystems are a gateway's; what commands printed is in the same file with the original.</summary>
    private async Task LogAsync(StringBuilder text, CancellationToken cancellation)
    {
        var path = GatewayLogFile.Locate(context, route.Snapshot);
        try
        {
            var tail = await new LogTail(() => path).ReadAsync(null, LogTail.MaxLimit, LogTail.MaxMaxBytes, cancellation).ConfigureAwait(false);
            var troubles = tail.Lines.Select(LogRecord.Parse).OfType<LogRecord>().Where(static record => record is { Level: "warn" or "error" or "fatal", Subsystem: not null }).TakeLast(LogLines).ToList();
            text.Append(CultureInfo.InvariantCulture, $"\nLast warnings and errors of {Shown(context.Environment.Display(path))}\n");
            foreach (var record in troubles)
                text.Append(CultureInfo.InvariantCulture, $"  {record.Time} {record.Level} {record.Subsystem}: {Shown(record.Message.Split('\n')[0])}\n");
            if (troubles.Count == 0)
                text.Append("  none\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nThe log cannot be read: {Shown(e.Message)}\n");
        }
    }

    private string Shown(string text) => TerminalText.Harmless(_secrets.Remove(text));
}
