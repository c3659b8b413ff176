using System.Text.Json;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Schema;

namespace OpenClaw.Cli.Commands.Config;

/// <summary><c>openclaw config file</c>, <c>validate</c> and <c>schema</c>.</summary>
internal static class ConfigFile
{
    public static async Task<int> PathAsync(CommandContext context)
    {
        await context.Out.WriteLineAsync(context.Environment.ConfigPath).ConfigureAwait(false);
        return 0;
    }

    public static async Task<int> SchemaAsync(CommandContext context)
    {
        await context.Out.WriteLineAsync(JsonText.Write(writer => JsonSchemaDocument.Create().WriteTo(writer))).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Says whether a gateway would take the file as it is; 1 when not.</summary>
    public static async Task<int> ValidateAsync(CommandContext context, bool json, CancellationToken cancellation)
    {
        var snapshot = await new ConfigLoader(context.Environment).LoadAsync(cancellation).ConfigureAwait(false);
        var exitCode = snapshot.Valid ? 0 : 1;
        if (json)
        {
            await context.Out.WriteLineAsync(JsonText.Write(writer => Write(writer, snapshot))).ConfigureAwait(false);
            return exitCode;
        }
        if (!snapshot.Valid)
            await context.Error.WriteLineAsync(string.Join('\n', ConfigReport.Invalid(snapshot, context.Environment))).ConfigureAwait(false);
        else
            await context.Out.WriteLineAsync($"Config valid: {context.Environment.Display(snapshot.Path)}{(snapshot.Exists ? "" : " (no file; every default applies)")}").ConfigureAwait(false);
        foreach (var line in snapshot.Valid ? ConfigReport.Oddities(snapshot, context.Environment) : [])
            await context.Error.WriteLineAsync("warning: " + line).ConfigureAwait(false);
        return exitCode;
    }

    private static void Write(Utf8JsonWriter writer, ConfigSnapshot snapshot)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid", snapshot.Valid);
        writer.WriteString("path", snapshot.Path);
        writer.WriteBoolean("exists", snapshot.Exists);
        Write(writer, "issues", snapshot.Issues);
        Write(writer, "warnings", [.. snapshot.Warnings, .. snapshot.LegacyIssues]);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<ConfigIssue> issues)
    {
        writer.WriteStartArray(name);
        foreach (var issue in issues)
        {
            writer.WriteStartObject();
            writer.WriteString("path", issue.Path);
            writer.WriteString("message", issue.Message);
            if (issue.Detail is not null)
                writer.WriteString("detail", issue.Detail);
            if (issue.File is not null)
                writer.WriteString("file", issue.File);
            if (issue.Line > 0)
            {
                writer.WriteNumber("line", issue.Line);
                writer.WriteNumber("column", issue.Column);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
