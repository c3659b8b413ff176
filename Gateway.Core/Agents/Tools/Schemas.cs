using System.Text.Json;

namespace OpenClaw.Gateway.Core.Agents.Tools;

internal static class Schemas
{
    /// <summary>A schema written in the source.</summary>
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
