using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Onboarding;

namespace OpenClaw.Cli.Commands.Setup;

/// <summary>One <c>openclaw setup</c>. Running it again completes what is missing and changes nothing else.</summary>
/// <param name="context">The command's surroundings.</param>
/// <param name="workspace"><c>--workspace</c>.</param>
internal sealed class SetupRun(CommandContext context, string? workspace)
{
    private readonly ImmutableArray<ConfigEdit>.Builder _edits = ImmutableArray.CreateBuilder<ConfigEdit>();
    private readonly List<string> _changed = [];

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var before = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!before.Valid)
            return 1;
        Plan(before);
        var after = before;
        if (_edits.Count > 0)
        {
            using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
            var writer = new ConfigWriter(new ConfigLoader(context.Environment), context.Time, log.Loggers);
            var written = await writer.WriteAsync(new ConfigWriteRequest(_edits.ToImmutable()), cancellation).ConfigureAwait(false);
            if (!written.Succeeded)
                return await context.FailAsync("Error: " + written.Error).ConfigureAwait(false);
            after = written.Snapshot!;
        }
        var file = Show(before.Path);
        await context.Out.WriteLineAsync(
            _edits.Count == 0 ? $"Config OK: {file}" : before.Exists ? $"Updated {file} (set {string.Join(", ", _changed)})" : $"Wrote {file}").ConfigureAwait(false);
        try
        {
            await MakeDirectoriesAsync(after, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
        await context.Out.WriteLineAsync(NextSteps(after)).ConfigureAwait(false);
        return 0;
    }

    private void Plan(ConfigSnapshot snapshot)
    {
        if (snapshot.Gateway.Mode is GatewayMode.Unset)
            Set("gateway.mode", "local");
        if (snapshot.Gateway.Mode is not GatewayMode.Remote && FreshToken.IsNeeded(snapshot))
            Set("gateway.auth.token", FreshToken.Create());
        var configured = AgentDefaults(snapshot).Text("workspace");
        var wanted = context.Environment.ExpandPath(workspace) ?? configured ?? context.Environment.DefaultWorkspace;
        if (wanted != configured)
            Set("agents.defaults.workspace", wanted);
    }

    private void Set(string path, string value)
    {
        _changed.Add(path);
        _edits.Add(new ConfigEdit.Set(ConfigPath.Of(path.Split('.')), JsonValue.Create(value)));
    }

    private async Task MakeDirectoriesAsync(ConfigSnapshot snapshot, CancellationToken cancellation)
    {
        var directory = AgentDefaults(snapshot).Text("workspace") ?? context.Environment.DefaultWorkspace;
        if (AgentDefaults(snapshot).Bool("skipBootstrap") == true)
            Directory.CreateDirectory(directory);
        else
            await WorkspaceSeed.PlantAsync(directory, cancellation: cancellation).ConfigureAwait(false);
        await context.Out.WriteLineAsync($"Workspace OK: {Show(directory)}").ConfigureAwait(false);

        var sessions = Path.Combine(context.Environment.StateDirectory, "agents", DefaultAgent(snapshot), "sessions");
        PrivateDirectory.Create(sessions);
        await context.Out.WriteLineAsync($"Sessions OK: {Show(sessions)}").ConfigureAwait(false);
    }

    private string NextSteps(ConfigSnapshot snapshot)
    {
        var name = context.Environment.CommandName;
        if (snapshot.Gateway.Mode is GatewayMode.Remote)
            return $"\nThis machine uses the gateway at {snapshot.Gateway.Remote.Url ?? "gateway.remote.url, which is not set yet"}.\nCheck it with: {name} health";
        return $"""

            What to do next:
              {name} gateway                     run the gateway, here in the foreground
              {name} health                      ask it how it is, from another terminal
              {name} agent --message "hello"     talk to the agent
            And to give the agent a model:
              {name} config set env.vars.ANTHROPIC_API_KEY <key>     (or OPENAI_API_KEY)
            """;
    }

    private static ConfigSection AgentDefaults(ConfigSnapshot snapshot) => snapshot.Root.Section("agents").Section("defaults");

    /// <summary>The agent marked as default, else the first, else <c>main</c>.</summary>
    private static string DefaultAgent(ConfigSnapshot snapshot)
    {
        string? first = null;
        foreach (var agent in snapshot.Root.Section("agents").Sections("list"))
        {
            first ??= agent.Text("id");
            if (agent.Bool("default") == true && agent.Text("id") is { } chosen)
                return chosen.ToLowerInvariant();
        }
        return first?.ToLowerInvariant() ?? "main";
    }

    private string Show(string path) => context.Environment.Display(path);
}
