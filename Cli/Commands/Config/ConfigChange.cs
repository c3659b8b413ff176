using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Cli.Commands.Config;

/// <summary><c>openclaw config set</c> and <c>unset</c>.</summary>
internal static class ConfigChange
{
    public static async Task<int> SetAsync(CommandContext context, string pathText, string valueText, bool json, CancellationToken cancellation)
    {
        if (!ConfigPath.TryParse(pathText, out var path, out var wrong))
            return await context.FailAsync("Error: " + wrong).ConfigureAwait(false);
        if (ConfigValue.TryParse(valueText, json, out var value) is { } problem)
            return await context.FailAsync("Error: " + problem).ConfigureAwait(false);
        return await WriteAsync(context, new ConfigEdit.Set(path, value), "Updated", pathText, cancellation).ConfigureAwait(false);
    }

    public static async Task<int> UnsetAsync(CommandContext context, string pathText, CancellationToken cancellation)
    {
        if (!ConfigPath.TryParse(pathText, out var path, out var wrong))
            return await context.FailAsync("Error: " + wrong).ConfigureAwait(false);
        return await WriteAsync(context, new ConfigEdit.Unset(path), "Removed", pathText, cancellation).ConfigureAwait(false);
    }

    private static async Task<int> WriteAsync(CommandContext context, ConfigEdit edit, string done, string pathText, CancellationToken cancellation)
    {
        using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
        var writer = new ConfigWriter(new ConfigLoader(context.Environment), context.Time, log.Loggers);
        var result = await writer.WriteAsync(edit, cancellation).ConfigureAwait(false);
        if (result.Status is ConfigWriteStatus.NotFound)
            return await context.FailAsync("Config path not found: " + pathText).ConfigureAwait(false);
        if (!result.Succeeded)
            return await FailAsync(context, result).ConfigureAwait(false);
        foreach (var warning in result.Snapshot!.Warnings)
        {
            if (warning.Path == pathText)
                await context.Error.WriteLineAsync(warning.Message).ConfigureAwait(false);
        }
        await context.Out.WriteLineAsync($"{done} {pathText}. Restart the gateway to apply.").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> FailAsync(CommandContext context, ConfigWriteResult result)
    {
        await context.Error.WriteLineAsync("Error: " + result.Error).ConfigureAwait(false);
        // The first one is in the message already, in the words that scripts know; the rest is for people.
        foreach (var issue in result.Issues)
        {
            if (result.Issues.Count > 1 || issue.Detail is not null)
                await context.Error.WriteLineAsync("  - " + issue).ConfigureAwait(false);
        }
        return 1;
    }
}
