using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>One value as users type it on a command line: JSON5, like the configuration file itself.</summary>
public static class ConfigValue
{
    /// <summary>Reads a value.</summary>
    /// <param name="text">What the user typed.</param>
    /// <param name="value">The value; null also for the text <c>null</c>.</param>
    /// <param name="error">What is wrong with it, for stderr.</param>
    public static bool TryParse(string text, out JsonNode? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        error = null;
        if (Json5Document.TryParse(text, out var document, out var problem))
        {
            value = Json5Conversion.ToJson(document);
            return true;
        }
        error = problem.Message;
        return false;
    }
}
