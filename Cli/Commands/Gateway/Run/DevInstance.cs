using System.Text.Json.Nodes;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Onboarding;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>The dev profile's gateway starts on a machine where nothing was set up: it makes its own configuration first.</summary>
internal static class DevInstance
{
    private const string AgentId = "dev";

    /// <summary>Makes configuration and workspace if there is no configuration.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="hasSecret">A secret was given on the command line; the file then gets none that would contradict it.</param>
    /// <param name="cancellation">Stops before the next file.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> EnsureAsync(CommandContext context, bool hasSecret, CancellationToken cancellation)
    {
        var environment = context.Environment;
        var loader = new ConfigLoader(environment);
        var snapshot = await loader.LoadAsync(cancellation).ConfigureAwait(false);
        if (snapshot.Exists)
            return null;
        var workspace = environment.DefaultWorkspace;
        var edits = new ConfigWriteRequest(
        [
            new ConfigEdit.Merge(Gateway(withToken: !hasSecret && FreshToken.IsNeeded(snapshot))),
            new ConfigEdit.Set(ConfigPath.Of("agents", "defaults", "workspace"), JsonValue.Create(workspace)),
            // Nobody wants to be asked who they are by an agent that is thrown away tomorrow.
            new ConfigEdit.Set(ConfigPath.Of("agents", "defaults", "skipBootstrap"), JsonValue.Create(true)),
            new ConfigEdit.Set(ConfigPath.Of("agents", "list"), Agents(workspace)),
        ]);
        var written = await new ConfigWriter(loader, context.Time).WriteAsync(edits, cancellation).ConfigureAwait(false);
        if (!written.Succeeded)
            return written.Error;
        await context.Out.WriteLineAsync("Dev config ready: " + environment.Display(environment.ConfigPath)).ConfigureAwait(false);
        try
        {
            await WorkspaceSeed.PlantAsync(workspace, firstConversation: false, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
        await context.Out.WriteLineAsync("Dev workspace ready: " + environment.Display(workspace)).ConfigureAwait(false);
        return null;
    }

    private static JsonObject Gateway(bool withToken)
    {
        var gateway = new JsonObject { ["mode"] = "local", ["bind"] = "loopback" };
        if (withToken)
            gateway["auth"] = new JsonObject { ["token"] = FreshToken.Create() };
        return new JsonObject { ["gateway"] = gateway };
    }

    private static JsonArray Agents(string workspace) =>
    [
        new JsonObject
        {
            ["id"] = AgentId,
            ["default"] = true,
            ["workspace"] = workspace,
            ["identity"] = new JsonObject { ["name"] = "Dev", ["theme"] = "test pilot", ["emoji"] = "🧪" },
        },
    ];
}
