using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Config;

/// <summary><c>openclaw config get</c>.</summary>
internal static class ConfigGet
{
    public static async Task<int> RunAsync(CommandContext context, string pathText, bool json, CancellationToken cancellation)
    {
        if (!ConfigPath.TryParse(pathText, out var path, out var wrong))
            return await context.FailAsync("Error: " + wrong).ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return 1;
        if (!path.TryFind(snapshot.Config, out var value))
            return await context.FailAsync("Config path not found: " + pathText).ConfigureAwait(false);
        await context.Out.WriteLineAsync(Print(value, json)).ConfigureAwait(false);
        return 0;
    }

    /// <summary>A string alone is printed as it is, ready for a shell; everything else as JSON.</summary>
    private static string Print(JsonNode? value, bool json) =>
        !json && value is JsonValue text && text.TryGetValue<string>(out var plain)
            ? plain
            : JsonText.Write(writer => Write(writer, value));

    private static void Write(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            value.WriteTo(writer);
    }
}
