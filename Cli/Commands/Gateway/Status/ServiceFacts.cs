using System.Text.Json;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>The gateway as a service of the operating system, as far as that could be found out in the time that a status has.</summary>
internal sealed record ServiceFacts
{
    /// <summary>Variables of the service that are shown; none of them is a secret.</summary>
    private static readonly string[] Shown = ["OPENCLAW_PROFILE", "OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH", "OPENCLAW_GATEWAY_PORT", "OPENCLAW_NIX_MODE"];

    /// <summary>Null where there is no service manager that is known.</summary>
    public required IServiceSupervisor? Service { get; init; }

    public required InstalledService? Installed { get; init; }

    public required ServicePresence Presence { get; init; }

    public required ServiceRuntime Runtime { get; init; }

    public required IReadOnlyList<ServiceIssue> Issues { get; init; }

    /// <summary>The process that holds the instance's lock, when there is one.</summary>
    public required int? LockOwner { get; init; }

    public string Label => Service?.Label ?? "none";

    public string LoadedText => Service is null ? "no service manager" : Presence.IsLoaded ? Service.LoadedText : IsSilent ? "unknown" : Service.NotLoadedText;

    /// <summary>The service manager took longer than a status may: nothing is known of the service.</summary>
    public bool IsSilent => Presence.Failure is { Kind: ServiceFailureKind.NoAnswer };

    /// <summary>One line: <c>systemd · enabled · running (pid 1)</c>.</summary>
    public string Short => Service is null ? LoadedText : $"{Label} · {LoadedText} · {Runtime}";

    /// <summary>Asks everything at once.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="service">The service; null where there is no service manager.</param>
    /// <param name="installed">Its definition.</param>
    /// <param name="cancellation">Stops the asking.</param>
    public static async Task<ServiceFacts> ReadAsync(CommandContext context, IServiceSupervisor? service, InstalledService? installed, CancellationToken cancellation)
    {
        var patience = context.ServiceHost.StatusPatience;
        using var deadline = new CancellationTokenSource(patience, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var late = new ServiceFailure(ServiceFailureKind.NoAnswer, FormattableString.Invariant($"the service manager did not answer within {patience.TotalMilliseconds:0} ms"));
        var presence = service is null
            ? Task.FromResult(new ServicePresence(false))
            : OrLate(service.FindAsync(either.Token), new ServicePresence(false, late), cancellation);
        var runtime = service is null
            ? Task.FromResult(new ServiceRuntime(ServiceRuntime.Unknown) { Detail = "there is no service manager that is known" })
            : OrLate(service.ReadRuntimeAsync(either.Token), new ServiceRuntime(ServiceRuntime.Unknown) { Detail = "Error: " + late.Message }, cancellation);
        var owner = RunningGateway.FindAsync(context.Environment, cancellation);
        await Task.WhenAll(presence, runtime, owner).ConfigureAwait(false);
        var home = context.Environment.Get("HOME") ?? context.Environment.HomeDirectory;
        return new ServiceFacts
        {
            Service = service,
            Installed = installed,
            Presence = await presence.ConfigureAwait(false),
            Runtime = await runtime.ConfigureAwait(false),
            Issues = installed is null ? [] : ServiceAudit.Check(installed, context.ServiceHost.Platform, home),
            LockOwner = (await owner.ConfigureAwait(false))?.ProcessId,
        };
    }

    /// <summary>The variables of the service that are shown, with their values.</summary>
    public IEnumerable<KeyValuePair<string, string>> ShownVariables() =>
        Installed is null ? [] : Shown.Where(Installed.Environment.ContainsKey).Select(name => new KeyValuePair<string, string>(name, Installed.Environment[name]));

    /// <summary>The <c>service</c> object of <c>gateway status --json</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("service");
        writer.WriteString("label", Label);
        writer.WriteBoolean("loaded", Presence.IsLoaded);
        writer.WriteString("loadedText", Service?.LoadedText ?? "");
        writer.WriteString("notLoadedText", Service?.NotLoadedText ?? LoadedText);
        WriteCommand(writer);
        WriteRuntime(writer);
        writer.WriteStartObject("configAudit");
        writer.WriteBoolean("ok", Issues.Count == 0);
        writer.WriteStartArray("issues");
        foreach (var issue in Issues)
        {
            writer.WriteStartObject();
            writer.WriteString("code", issue.Code);
            writer.WriteString("message", issue.Message);
            if (issue.Detail is not null)
                writer.WriteString("detail", issue.Detail);
            writer.WriteString("level", issue.Level);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteCommand(Utf8JsonWriter writer)
    {
        if (Installed is null)
        {
            writer.WriteNull("command");
            return;
        }
        writer.WriteStartObject("command");
        writer.WriteStartArray("programArguments");
        foreach (var argument in Installed.Arguments)
            writer.WriteStringValue(argument);
        writer.WriteEndArray();
        if (Installed.WorkingDirectory is not null)
            writer.WriteString("workingDirectory", Installed.WorkingDirectory);
        writer.WriteStartObject("environment");
        foreach (var (name, value) in ShownVariables())
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteString("sourcePath", Installed.SourcePath);
        writer.WriteEndObject();
    }

    private void WriteRuntime(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("runtime");
        writer.WriteString("status", Runtime.Status);
        Text("state", Runtime.State);
        Text("subState", Runtime.SubState);
        Number("pid", Runtime.Pid);
        Number("lastExitStatus", Runtime.LastExitStatus);
        Text("lastExitReason", Runtime.LastExitReason);
        Text("lastRunResult", Runtime.LastRunResult);
        Text("lastRunTime", Runtime.LastRunTime);
        Text("detail", Runtime.Detail);
        if (Runtime.IsMissing)
            writer.WriteBoolean("missingUnit", true);
        if (Runtime.IsCached)
            writer.WriteBoolean("cachedLabel", true);
        writer.WriteEndObject();

        void Text(string name, string? value)
        {
            if (value is not null)
                writer.WriteString(name, value);
        }

        void Number(string name, int? value)
        {
            if (value is { } number)
                writer.WriteNumber(name, number);
        }
    }

    private static async Task<T> OrLate<T>(Task<T> task, T late, CancellationToken cancellation)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return late;
        }
    }
}
