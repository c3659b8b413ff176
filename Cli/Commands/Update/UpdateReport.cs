using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Updates;

namespace OpenClaw.Cli.Commands.Update;

/// <summary>Tells of an update: in words, or as JSON in the peer's shape.</summary>
internal sealed class UpdateReport(CommandContext context, bool json)
{
    /// <summary>What is installed by archives is called in the peer's field <c>mode</c>.</summary>
    private const string Mode = "archive";

    public async Task StepAsync(string name)
    {
        if (!json)
            await context.Out.WriteLineAsync($"  {name}").ConfigureAwait(false);
    }

    /// <summary>Tells how it ended, and returns the exit code.</summary>
    public async Task<int> EndAsync(InstallLayout? layout, UpdateResult result, bool wasRestarted = false)
    {
        if (json)
            await context.Out.WriteLineAsync(Write(layout, result)).ConfigureAwait(false);
        else if (result.Status == "error")
            await context.Error.WriteLineAsync("Update failed: " + TerminalText.Harmless(result.Reason!)).ConfigureAwait(false);
        else if (result.Status == "skipped")
            await context.Out.WriteLineAsync(result.Reason == "already-current" ? $"OpenClaw {result.Before} is the newest one." : TerminalText.Harmless(result.Reason!)).ConfigureAwait(false);
        else
            await context.Out.WriteLineAsync($"OpenClaw {result.Before} -> {result.After}. " + (wasRestarted ? "The gateway runs with it." : "A gateway that runs goes on with its version until it is started anew.")).ConfigureAwait(false);
        return result.Status == "error" ? 1 : 0;
    }

    public async Task StatusAsync(InstallLayout? layout, string? feed, string channel, UpdateManifest? available, string? problem)
    {
        var isNewer = available is not null && VersionOrder.Compare(available.Version, ProductVersion.Number) > 0;
        if (json)
        {
            await context.Out.WriteLineAsync(JsonText.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartObject("update");
                writer.WriteString("installKind", layout is null ? "unknown" : Mode);
                if (layout is not null)
                    writer.WriteString("root", layout.Root);
                writer.WriteString("current", ProductVersion.Number);
                if (layout?.PreviousName is { } previous)
                    writer.WriteString("previous", previous);
                if (layout is not null && Switch.Read(layout) is { } unseen)
                    writer.WriteString("unfinished", unseen.NewVersion);
                if (feed is not null)
                    writer.WriteString("feed", feed);
                if (available is not null)
                    writer.WriteString("latest", available.Version);
                if (problem is not null)
                    writer.WriteString("error", problem);
                writer.WriteEndObject();
                writer.WriteStartObject("channel");
                writer.WriteString("value", channel);
                writer.WriteEndObject();
                writer.WriteStartObject("availability");
                writer.WriteBoolean("available", isNewer);
                writer.WriteEndObject();
                writer.WriteEndObject();
            })).ConfigureAwait(false);
            return;
        }
        var kind = layout is null ? "not by install.sh, so `openclaw update` leaves it alone" : context.Environment.Display(layout.Root);
        await context.Out.WriteLineAsync($"Version:    {ProductVersion.Number}\nInstalled:  {kind}\nChannel:    {channel}").ConfigureAwait(false);
        var there = problem ?? (available is null ? $"no feed; name one with --feed or {UpdateCommand.FeedVariable}" : available.Version + (isNewer ? " (newer)" : ""));
        await context.Out.WriteLineAsync("Available:  " + TerminalText.Harmless(there)).ConfigureAwait(false);
        if (layout is not null && Switch.Read(layout) is { } cut)
            await context.Out.WriteLineAsync($"Unfinished: the update to {cut.NewVersion} was cut short before the gateway was seen to run with it; openclaw update goes on").ConfigureAwait(false);
    }

    private static string Write(InstallLayout? layout, UpdateResult result) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", result.Status);
        writer.WriteString("mode", layout is null ? "unknown" : Mode);
        if (layout is not null)
            writer.WriteString("root", layout.Root);
        if (result.Reason is not null)
            writer.WriteString("reason", result.Reason);
        writer.WriteStartObject("before");
        writer.WriteString("version", result.Before);
        writer.WriteEndObject();
        writer.WriteStartObject("after");
        writer.WriteString("version", result.After);
        writer.WriteEndObject();
        writer.WriteStartArray("steps");
        foreach (var step in result.Steps)
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            writer.WriteNumber("durationMs", (long)step.Duration.TotalMilliseconds);
            writer.WriteNumber("exitCode", step.Problem is null ? 0 : 1);
            if (step.Problem is not null)
                writer.WriteString("stderrTail", step.Problem);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("durationMs", (long)result.Steps.Sum(static step => step.Duration.TotalMilliseconds));
        writer.WriteEndObject();
    });
}
